/// A promise that did not hold for what a case tried.
struct FuzzFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Throws unless `condition` holds.
func require(_ condition: Bool, _ promise: @autoclosure () -> String) throws(FuzzFailure) {
    if !condition { throw FuzzFailure("it does not hold that " + promise()) }
}
