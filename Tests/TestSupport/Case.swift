/// One row of a decision's table: a sentence that says what it is about, and its values.
package struct Case<Input: Sendable, Output: Sendable>: Sendable {
    package let testDescription: String
    package let input: Input
    package let output: Output

    package init(_ sentence: String, _ input: Input, _ output: Output) {
        testDescription = sentence
        self.input = input
        self.output = output
    }
}
