import DNSModel
import Wire

/// The program and how it is run. Secrets reach it by its environment, never by its arguments.
struct ExecCommand: Sendable {
    let arguments: [String]
    /// Variables of the program's environment, and those of them that no message may have.
    let environment: [String: Secret]
    let secrets: [Secret]
    let timeout: Duration

    var program: String { arguments[0] }

    /// Reads `command`, `environment` and `timeout`.
    init?(reading settings: inout SettingReader) {
        let form = "the program and its arguments, as a list"
        let command = settings.values("command", form: form) { $0 }
        if let command, command.count == 1, command[0].contains(" ") {
            settings.note("command", "is one word with blanks in it: give \(form)")
        }
        timeout = settings.duration("timeout", in: .seconds(1)...(.seconds(600))) ?? .seconds(30)
        var secrets: [Secret] = []
        environment =
            settings.group("environment") { settings in
                settings.keys.reduce(into: [:]) { variables, name in
                    guard let text = settings.variable(name) else { return }
                    let isReference = text.hasPrefix("env:") || text.hasPrefix("file:")
                    let secret = isReference ? settings.secret(name) : nil
                    secret.map { secrets.append($0) }
                    variables[name] = isReference ? secret : Secret(text)
                }
            } ?? [:]
        self.secrets = secrets
        guard let arguments = settings.required("command", command, form: form) else { return nil }
        self.arguments = arguments
    }

    /// Runs the program once, and gives its answer when it has ended well.
    func run(_ request: ExecRequest) async throws(ProviderError) -> ExecAnswer {
        let command = Command(
            arguments, environment: environment.mapValues(\.revealed), input: Array((request.json.text + "\n").utf8),
            timeout: timeout)
        let result: CommandResult
        do {
            result = try await command.run()
        } catch {
            throw failure(error, of: request)
        }
        let said = text(result.output, result.errors)
        switch result.ending {
        case .exited(0):
            let answer = try ExecAnswer(result.output, text: text(result.output, []), to: request, of: program)
            return answer
        case .exited(let code): throw refusal(code, result, said, of: request)
        case .signaled(let number):
            throw open("was ended by signal \(number)\(said.isEmpty ? "" : ": " + said)", request)
        case .timedOut: throw open("was not done after \(timeout.settingText) and was ended", request)
        }
    }

    private func refusal(
        _ code: Int32, _ result: CommandResult, _ said: String, of request: ExecRequest
    ) -> ProviderError {
        let subject = "\(request.name) \(request.type)"
        let reason = said.isEmpty ? "" : ": \(said)"
        switch code {
        case 75: return .temporary("\(program) cannot do it now\(reason)", reply: said)
        case 78: return .permanent("\(program) refused \(subject)\(reason)", reply: said)
        case 3 where request.changes:
            let answer = try? ExecAnswer(result.output, text: said, to: request, of: program)
            return .conflict(
                "\(program) found another value for \(subject) than was expected\(reason)", found: answer?.values,
                reply: said)
        case 126, 127:
            return .permanent("\(program) could not run what it needs (exit code \(code))\(reason)", reply: said)
        default: return open("ended with the exit code \(code), which is none of 0, 3, 75 and 78\(reason)", request)
        }
    }

    private func failure(_ failure: CommandFailure, of request: ExecRequest) -> ProviderError {
        switch failure {
        case .cannotStart(let reason): .permanent(withoutSecrets(reason))
        case .cancelled: open("was ended because we end", request)
        }
    }

    /// Nobody knows what a program has done that did not end as agreed.
    private func open(_ what: String, _ request: ExecRequest) -> ProviderError {
        request.changes
            ? .uncertain("\(program) \(what); it may or may not have made the change")
            : .temporary("\(program) \(what)")
    }

    /// What a person reads of what the program has written, on one line.
    private func text(_ output: [UInt8], _ errors: [UInt8]) -> String {
        let written = String(decoding: errors + [UInt8(ascii: " ")] + output, as: UTF8.self)
        let words = withoutSecrets(written).split { $0.isWhitespace }.joined(separator: " ")
        let shown = PrintableText(words).text
        return shown.count > Self.excerptLimit ? shown.prefix(Self.excerptLimit) + "…" : shown
    }

    private func withoutSecrets(_ text: String) -> String {
        secrets.reduce(text) { Secret($1.revealed.jsonEscaped).removed(from: $1.removed(from: $0)) }
    }

    private static let excerptLimit = 1000
}

extension SettingReader {
    /// The text of a variable, whose name must be one (POSIX, chapter 8).
    fileprivate mutating func variable(_ name: String) -> String? {
        let text = text(name)
        let isName = name.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") }
        guard isName, name.utf8.first?.isASCIIDigit == false else {
            note(name, "is no name of a variable: use letters, digits and underscores")
            return nil
        }
        return text
    }
}
