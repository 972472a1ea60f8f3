extension Finding {
    /// Addresses of authoritative servers that are lame, silent, or have trouble with TCP.
    static func authoritativeServers(_ judgement: Judgement) -> [Finding] {
        judgement.askedAuthoritative.flatMap { judged -> [Finding] in
            guard let sample = judged.samples.last else { return [] }
            let subject = judged.server.labelAndEndpoint
            let answer = AuthoritativeAnswer(sample.sample, of: judged.observation)
            return unusable(answer, subject, of: judged.observation)
                + overTCP(sample.sample, judged, subject)
        }
    }

    private static func unusable(
        _ answer: AuthoritativeAnswer, _ subject: String, of observation: Observation
    ) -> [Finding] {
        let question = observation.question
        let server = observation.server
        let orElse = server.isGiven ? "leave it out of --nameserver" : "take it out of the delegation"
        switch answer {
        case .answered:
            return []
        case .lame(let sign):
            return [
                Finding(
                    code: "lame-server", severity: .warning, subject: subject, detail: "\(sign) to \(question)",
                    advice: "configure the zone at this server, or \(orElse)")
            ]
        case .failed(let rcode):
            return [
                Finding(
                    code: "failing-server", severity: .warning, subject: subject,
                    detail: "answers \(rcode) to \(question)",
                    advice: "look into this server's log: the zone may be expired or not loaded")
            ]
        case .silent(.truncated(let reason)):
            return [
                Finding(
                    code: "tcp-failed", severity: .warning, subject: subject,
                    detail: "truncates its answer over UDP and cannot be asked over TCP: \(reason)",
                    advice: "let TCP port \(server.endpoint.port) through to this server; it is not optional (RFC 7766)"
                )
            ]
        case .silent(let failure):
            return [
                Finding(
                    code: "silent-server", severity: .warning, subject: subject, detail: "\(failure)",
                    advice: "start the server, let port \(server.endpoint.port) through to it, or \(orElse)")
            ]
        }
    }

    private static func overTCP(_ sample: Sample, _ judged: JudgedObservation, _ subject: String) -> [Finding] {
        guard sample.response != nil, sample.transport == .tcp, judged.server.endpoint.transport == .udp
        else { return [] }
        return [
            Finding(
                code: "needs-tcp", severity: .note, subject: subject,
                detail: "its answer does not fit into UDP and came over TCP")
        ]
    }
}
