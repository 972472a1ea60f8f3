import Glibc

/// What this process has used.
enum ProcessUsage {
    /// User and system time since it started, in seconds.
    static var processorTime: Double {
        // CLOCKS_PER_SEC is a million on every POSIX system (clock(3)).
        Double(clock()) / 1e6
    }

    /// Resident memory now, in bytes.
    static var residentMemory: Int {
        // Second number of statm, in pages (proc(5)).
        guard let file = fopen("/proc/self/statm", "re") else { return 0 }
        defer { fclose(file) }
        var text = [CChar](repeating: 0, count: 128)
        guard fgets(&text, Int32(text.count), file) != nil else { return 0 }
        let fields = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).split(
            separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return 0 }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
