import DNSModel

/// One question for one server address.
package struct Query: Sendable {
    package var question: Question
    package var endpoint: Endpoint
    package var options: QueryOptions

    package init(_ question: Question, to endpoint: Endpoint, options: QueryOptions = QueryOptions()) {
        self.question = question
        self.endpoint = endpoint
        self.options = options
    }
}

/// What a query asks for besides its question.
package struct QueryOptions: Hashable, Sendable {
    package var recursionDesired = false
    package var checkingDisabled = false
    package var dnssecOK = false
    /// The UDP payload size that EDNS announces, in octets; nil leaves EDNS out (and with it all options).
    package var ednsPayloadSize: UInt16? = 1232
    package var requestNSID = true
    package var requestZoneVersion = false
    package var clientSubnet: IPPrefix?
    /// Sends from a port that no other query uses, so that a resolver's load balancer may pick another cache.
    package var freshPort = false

    package init() {}

    /// What a cache is asked with: recursion, from a port of its own.
    package static var cacheSample: QueryOptions {
        var options = QueryOptions()
        options.recursionDesired = true
        options.freshPort = true
        return options
    }

    /// What an authoritative server is asked with: no recursion.
    package static var authoritative: QueryOptions {
        var options = QueryOptions()
        options.requestZoneVersion = true
        return options
    }

    /// The same, with the signatures that come with the answer.
    package static var authoritativeSigned: QueryOptions {
        var options = authoritative
        options.dnssecOK = true
        return options
    }

    /// The same, for the record itself: with its signatures.
    package static var authoritativeAnswer: QueryOptions {
        var options = authoritative
        options.dnssecOK = true
        return options
    }
}

/// How long and how often to try.
package struct RetryPolicy: Hashable, Sendable {
    /// How long one try may take; retransmissions add up to a tenth of it as jitter.
    package var tryTimeout: Duration
    /// How many datagrams are sent at most.
    package var tries: Int
    /// How long everything may take, TCP after truncation included.
    package var deadline: Duration

    package init(tryTimeout: Duration = .seconds(2), tries: Int = 2, deadline: Duration = .seconds(5)) {
        self.tryTimeout = tryTimeout
        self.tries = tries
        self.deadline = deadline
    }
}
