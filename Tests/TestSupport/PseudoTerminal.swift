import Glibc

/// A terminal for a program to write to, of which the test reads what would be on the screen.
package final class PseudoTerminal: Sendable {
    private let controller: Int32
    /// The device that the program opens.
    package let path: String

    package init(columns: Int, rows: Int) throws {
        controller = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard controller >= 0 else { throw SystemCallFailure("open /dev/ptmx") }
        // What unlockpt(3) and ptsname(3) do, which Glibc's overlay leaves out.
        var isLocked: Int32 = 0
        var number: UInt32 = 0
        guard ioctl(controller, Self.setLock, &isLocked) == 0, ioctl(controller, Self.getNumber, &number) == 0 else {
            throw SystemCallFailure("ioctl /dev/ptmx")
        }
        path = "/dev/pts/\(number)"
        resize(columns: columns, rows: rows)
    }

    deinit { close(controller) }

    // TIOCSPTLCK and TIOCGPTN of asm-generic/ioctls.h: macros that Swift does not import.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    package func resize(columns: Int, rows: Int) {
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
    }

    /// Blocks until `text` has been written, and gives everything up to its end; nil when the program ends without it.
    package func read(until text: String) -> String? {
        let wanted = Array(text.utf8)
        var octets: [UInt8] = []
        while let octet = readOctet() {
            octets.append(octet)
            if octets.suffix(wanted.count) == wanted[...] { return String(decoding: octets, as: UTF8.self) }
        }
        return nil
    }

    /// Everything until the program lets the terminal go.
    package func readToEnd() -> String {
        var octets: [UInt8] = []
        while let octet = readOctet() { octets.append(octet) }
        return String(decoding: octets, as: UTF8.self)
    }

    /// Nil when the program has let the terminal go, or is silent for a minute.
    private func readOctet() -> UInt8? {
        var octet: UInt8 = 0
        var watched = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
        guard poll(&watched, 1, 60_000) > 0 else { return nil }
        return Glibc.read(controller, &octet, 1) == 1 ? octet : nil
    }
}
