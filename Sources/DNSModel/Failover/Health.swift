/// How a server is. `unknown`: nobody could judge, which is a reason neither to leave a server nor to choose one.
package enum Health: String, Hashable, Sendable, CaseIterable {
    case ok, warn, fail, unknown
}
