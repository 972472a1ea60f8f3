import Glibc
import Testing

/// All tests that need the miniature Internet: one at a time, for they share its network.
@Suite(
    .serialized, .timeLimit(.minutes(2)),
    .enabled(if: isWorldMeant, "no miniature Internet; Tests/run makes one, or 'Tests/World/world up'"))
enum InTheWorld {}

/// `DNSCONVERGE_WORLD` says that there is a world, `DNSCONVERGE_REQUIRE_WORLD` that there must be.
private let isWorldMeant = getenv("DNSCONVERGE_WORLD") != nil || getenv("DNSCONVERGE_REQUIRE_WORLD") != nil
