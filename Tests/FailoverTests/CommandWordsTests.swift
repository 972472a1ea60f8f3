import TestSupport
import Testing

@testable import Failover

@Suite("A command is split into words")
struct CommandWordsTests {
    @Test(
        "as a shell would, without variables and patterns",
        arguments: [
            Case("words", "check_http -H example.org", ["check_http", "-H", "example.org"]),
            Case("more blanks than one", "  a \t b  ", ["a", "b"]),
            Case("double quotes keep blanks", #"a "b c" d"#, ["a", "b c", "d"]),
            Case("single quotes keep all", #"a 'b "$c" \d'"#, ["a", #"b "$c" \d"#]),
            Case("an empty word", #"a "" ''"#, ["a", "", ""]),
            Case("quotes within a word", #"--x="a b"c"#, ["--x=a bc"]),
            Case("a backslash keeps a blank", #"a\ b c"#, ["a b", "c"]),
            Case("a backslash within double quotes", #""a\"b\\c\d""#, [#"a"b\c\d"#]),
            Case("no shell", "a $HOME * ; rm -rf | `b`", ["a", "$HOME", "*", ";", "rm", "-rf", "|", "`b`"]),
            Case("nothing", "", []),
            Case("an open quote", #"a "b"#, nil),
            Case("a backslash at the end", #"a \"#, nil),
        ] as [Case<String, [String]?>])
    func words(_ row: Case<String, [String]?>) {
        #expect(CommandWords.split(row.input) == row.output)
    }
}
