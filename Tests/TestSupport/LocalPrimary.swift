import DNSModel
import FoundationEssentials
import Wire

/// A real primary name server on 127.0.0.1 with the zone `failover.test`, which those with a key may change.
package final class LocalPrimary: Sendable {
    package enum Make: String, Sendable, CaseIterable {
        case bind, knot, powerdns

        package var isInstalled: Bool { ChildProcess.path(of: program) != nil }

        fileprivate var program: String {
            switch self {
            case .bind: "named"
            case .knot: "knotd"
            case .powerdns: "pdns_server"
            }
        }
    }

    package static let zone = "failover.test"
    /// A key of each algorithm that ldns can sign with, which may change everything.
    package static let keys = [
        "hmac-md5:k-md5:bWQ1IGtleSBvZiB0ZXN0cw==", "hmac-sha1:k-sha1:c2hhMSBrZXkgb2YgdGVzdHM=",
        "hmac-sha256:k-sha256:c2hhMjU2IGtleSBvZiB0ZXN0cyE=", "hmac-sha512:k-sha512:c2hhNTEyIGtleSBvZiB0ZXN0cyE=",
    ]
    /// May change `only.failover.test` alone; not on PowerDNS, which knows no such limits.
    package static let limitedKey = "hmac-sha256:k-limited:bGltaXRlZCBrZXkgb2YgdGVzdHM="

    package let make: Make
    package let port: UInt16
    private let directory: TemporaryDirectory
    private let process: ChildProcess

    private init(_ make: Make) throws {
        guard let program = ChildProcess.path(of: make.program) else { throw MissingProgram(make.program) }
        self.make = make
        port = try LoopbackSocket.freePort()
        directory = try TemporaryDirectory()
        let arguments = try make.prepare(in: directory, port: port)
        process = try ChildProcess(program, arguments, output: .standardOutput)
    }

    /// Starts one, and returns when it serves the zone.
    package static func start(_ make: Make) async throws -> LocalPrimary {
        let server = try await blocking {
            let server = try LocalPrimary(make)
            guard LoopbackSocket.waitForListener(on: server.port) else { throw MissingProgram("a \(make) that starts") }
            return server
        }
        let engine = try QueryEngine()
        let retry = RetryPolicy(tryTimeout: .milliseconds(500), tries: 1)
        let soa = Query(Question(try DomainName(zone), .soa), to: server.endpoint())
        for _ in 0..<200 {
            // A server that has not loaded its zones yet says so, or nothing.
            let reply = await engine.reply(to: soa, retry: retry)
            if case .success(let response) = reply.result, response.isAuthoritative { return server }
            await blocking { LoopbackSocket.pause() }
        }
        throw MissingProgram("a \(make) that serves its zone")
    }

    package func endpoint(_ transport: Endpoint.Transport = .udp) -> Endpoint {
        Endpoint(.loopback, port: port, transport: transport)
    }
}

extension LocalPrimary.Make {
    private static let records = """
        @ 300 IN SOA ns.failover.test. admin.failover.test. 1 3600 600 86400 60
        @ 300 IN NS ns.failover.test.
        ns 300 IN A 127.0.0.1
        www 300 IN A 192.0.2.1
        two 300 IN A 192.0.2.1
        two 300 IN A 192.0.2.2
        only 300 IN A 192.0.2.1
        lock 300 IN TXT "epoch=1 owner=a"

        """

    /// Writes what the server reads, and gives its arguments.
    fileprivate func prepare(in directory: TemporaryDirectory, port: UInt16) throws -> [String] {
        // Twelve texts are more than a datagram without EDNS holds.
        let large = (0..<12).map { "large 300 IN TXT \"\($0) \(String(repeating: "x", count: 60))\"\n" }.joined()
        try directory.write("$ORIGIN \(LocalPrimary.zone).\n" + Self.records + large, to: "zone")
        let keys = (LocalPrimary.keys + [LocalPrimary.limitedKey]).map { $0.split(separator: ":").map(String.init) }
        switch self {
        case .bind: return try prepareBIND(directory, port, keys)
        case .knot: return try prepareKnot(directory, port, keys)
        case .powerdns: return try preparePowerDNS(directory, port, keys)
        }
    }

    private func prepareBIND(
        _ directory: TemporaryDirectory, _ port: UInt16, _ keys: [[String]]
    ) throws -> [String] {
        let statements = keys.map { "key \"\($0[1])\" { algorithm \($0[0]); secret \"\($0[2])\"; };\n" }.joined()
        let grants = keys.dropLast().map { "grant \($0[1]) zonesub ANY; " }.joined()
        let file = try directory.write(
            statements + """
                options {
                    directory "\(directory.path)"; managed-keys-directory "\(directory.path)"; pid-file none;
                    session-keyfile none; lock-file none; recursion no; dnssec-validation no;
                    listen-on port \(port) { 127.0.0.1; }; listen-on-v6 { none; };
                };
                controls { };
                zone "\(LocalPrimary.zone)" {
                    type primary; file "zone"; notify no;
                    update-policy { \(grants) grant k-limited name only.\(LocalPrimary.zone). ANY; };
                };
                """, to: "named.conf")
        return ["-g", "-c", file, "-n", "1", "-U", "1"]
    }

    private func prepareKnot(_ directory: TemporaryDirectory, _ port: UInt16, _ keys: [[String]]) throws -> [String] {
        let statements = keys.map { "  - id: \($0[1])\n    algorithm: \($0[0])\n    secret: \($0[2])\n" }.joined()
        let names = keys.dropLast().map { $0[1] }.joined(separator: ", ")
        let file = try directory.write(
            """
            server:
                rundir: \(directory.path)
                listen: 127.0.0.1@\(port)
                udp-workers: 1
                tcp-workers: 1
            database:
                storage: \(directory.path)
                journal-db-max-size: 8M
                timer-db-max-size: 4M
                catalog-db-max-size: 5M
            log:
              - target: stderr
                any: error
            key:
            \(statements)
            acl:
              - id: all
                action: [ update ]
                key: [ \(names) ]
              - id: limited
                action: update
                key: k-limited
                update-owner: name
                update-owner-match: equal
                update-owner-name: [ only ]
            zone:
              - domain: \(LocalPrimary.zone)
                storage: \(directory.path)
                file: zone
                zonefile-sync: -1
                acl: [ all, limited ]
            """, to: "knot.conf")
        return ["-c", file]
    }

    private func preparePowerDNS(
        _ directory: TemporaryDirectory, _ port: UInt16, _ keys: [[String]]
    ) throws -> [String] {
        guard let python = ChildProcess.path(of: "python3") else { throw MissingProgram("python3") }
        let keys = keys.dropLast().map { $0.joined(separator: ":") }
        let output = try ChildProcess(python, ["-c", Self.database, directory.path] + keys).readAll()
        guard output.isEmpty else { throw MissingProgram("a database for PowerDNS: \(output)") }
        return [
            "--config-dir=\(directory.path)", "--daemon=no", "--guardian=no", "--launch=gsqlite3",
            "--gsqlite3-database=\(directory.path)/zones.sqlite", "--local-address=127.0.0.1",
            "--local-port=\(port)", "--socket-dir=\(directory.path)", "--dnsupdate=yes",
            "--allow-dnsupdate-from=127.0.0.0/8", "--zone-cache-refresh-interval=0", "--cache-ttl=0",
            "--query-cache-ttl=0", "--negquery-cache-ttl=0",
        ]
    }

    /// Makes the database of the directory's zone file and the keys.
    private static let database = """
        import sqlite3, sys
        directory, *keys = sys.argv[1:]
        database = sqlite3.connect(directory + '/zones.sqlite')
        database.executescript(open('/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql').read())
        database.execute("insert into domains (id, name, type) values (1, 'failover.test', 'NATIVE')")
        for line in open(directory + '/zone'):
            words = line.split(None, 4)
            if len(words) < 5: continue
            owner = 'failover.test' if words[0] == '@' else words[0] + '.failover.test'
            data = words[4].strip() if words[3] == 'TXT' else words[4].strip().replace('test. ', 'test ').rstrip('.')
            database.execute('insert into records (domain_id, name, type, content, ttl) values (1, ?, ?, ?, 300)',
                (owner, words[3], data))
        for key in keys:
            algorithm, name, secret = key.split(':')
            database.execute('insert into tsigkeys (name, algorithm, secret) values (?, ?, ?)', (name, algorithm, secret))
            database.execute("insert into domainmetadata (domain_id, kind, content) values (1, 'TSIG-ALLOW-DNSUPDATE', ?)",
                (name,))
        database.commit()
        """
}
