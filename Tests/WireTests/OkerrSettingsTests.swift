import DNSModel
import TestSupport
import Testing

@testable import Wire

@Suite("Okerr's settings come from the environment and from okerr's own file")
struct OkerrSettingsTests {
    @Test("The environment wins, and the first file that exists has the rest")
    func sources() throws {
        let directory = try TemporaryDirectory()
        let first = try directory.write(
            """
            # okerr
            export OKERR_TEXTID="fromfile"
            OKERR_SECRET='a#b "c"'   # the policy's
            OKERR_URL = http://127.0.0.1:8000//
            OKERR_DIRECT=1
            PREFIX=web:dns:
            not a setting
            """, to: "first")
        let second = try directory.write("OKERR_TEXTID=second\nOKERR_SECRET=second\n", to: "second")
        let files = [directory.path + "/missing", first, second]
        let settings = try OkerrSettings(environment: ["OKERR_TEXTID": "from-env"], files: files)
        #expect(settings.textid == "from-env")
        #expect(settings.secret?.revealed == "a#b \"c\"")
        #expect(settings.url == "http://127.0.0.1:8000")
        #expect(settings.isDirect)
        #expect(settings.prefix == "web:dns:")
    }

    @Test("Without more than a project, it is okerr's own server, asked for the project's, under this host's name")
    func defaults() throws {
        let settings = try OkerrSettings(environment: ["OKERR_TEXTID": "my.project-1"], files: [])
        #expect(settings.secret == nil)
        #expect(settings.url == "https://my.okerr.com")
        #expect(!settings.isDirect)
        #expect(settings.prefix.hasSuffix(":"))
        #expect(!settings.prefix.contains("."))
    }

    @Test("An empty prefix is one")
    func emptyPrefix() throws {
        #expect(try OkerrSettings(environment: ["OKERR_TEXTID": "x", "PREFIX": ""], files: []).prefix == "")
    }

    static let lines: [Case<String, [String: String]>] = [
        Case("plain", "A=b", ["A": "b"]),
        Case("spaces around", " A = b ", ["A": "b"]),
        Case("double quotes", "A=\"b c\"", ["A": "b c"]),
        Case("single quotes and a comment", "A='b' # c", ["A": "b"]),
        Case("a comment after a space", "A=b # c", ["A": "b"]),
        Case("a # inside", "A=b#c", ["A": "b#c"]),
        Case("an equals sign inside", "A=b=c", ["A": "b=c"]),
        Case("an open quote is kept", "A=\"b", ["A": "\"b"]),
        Case("nothing", "A=", ["A": ""]),
        Case("export", "export A=b", ["A": "b"]),
        Case("a comment", "#A=b", [:]),
        Case("no name", "=b", [:]),
        Case("Windows line ends", "A=b\r\nC=d\r\n", ["A": "b", "C": "d"]),
    ]

    @Test("A line of the file is read as shells do", arguments: lines)
    func line(line: Case<String, [String: String]>) {
        #expect(EnvironmentFile.variables(in: line.input) == line.output)
    }

    static let mistakes: [Case<[String: String], String>] = [
        Case(
            "no project", ["OKERR_SECRET": "x"],
            "okerr: no project: set OKERR_TEXTID in the environment or in one of /nowhere/okerrupdate"),
        Case(
            "a text ID with a slash", ["OKERR_TEXTID": "a/b"],
            "okerr: OKERR_TEXTID is “a/b”, which no project has: give lower-case letters, digits, - and ."),
        Case(
            "an address that is no URL", ["OKERR_TEXTID": "a", "OKERR_URL": "my.okerr.com"],
            "okerr: OKERR_URL is “my.okerr.com”, which is no http or https URL: give one like https://my.okerr.com"),
        Case(
            "a flag that is none", ["OKERR_TEXTID": "a", "OKERR_DIRECT": "maybe"],
            "okerr: OKERR_DIRECT is “maybe”: give 1 or 0"),
    ]

    @Test("A mistake is named, with what to do", arguments: mistakes)
    func mistake(mistake: Case<[String: String], String>) throws {
        let failure = #expect(throws: OkerrError.self) {
            try OkerrSettings(environment: mistake.input, files: ["/nowhere/okerrupdate"])
        }
        #expect(failure?.description == mistake.output)
    }

    @Test("A secret shows nowhere, however it is printed")
    func secret() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump(["key": secret], to: &dumped)
        for text in [
            "\(secret)", String(reflecting: secret), String(describing: [secret]), dumped,
            String(describing: Optional(secret)),
        ] {
            #expect(!text.contains("hunter2"))
            #expect(text.contains("<secret>"))
        }
        #expect(secret.removed(from: "bad hunter2, hunter2") == "bad <secret>, <secret>")
        #expect(Secret("").removed(from: "text") == "text")
    }
}
