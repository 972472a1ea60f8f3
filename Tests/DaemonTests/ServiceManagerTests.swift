import TestSupport
import Testing

@testable import Daemon

@Suite("systemd is told how the service is")
struct ServiceManagerTests {
    @Test("states arrive as datagrams, with a status of one line")
    func states() throws {
        let directory = try TemporaryDirectory()
        let receiver = try DatagramReceiver(directory.path + "/notify")
        let manager = ServiceManager { $0 == "NOTIFY_SOCKET" ? receiver.path : nil }
        manager.tell(.ready, status: "3 schemes\n1 alert")
        #expect(receiver.next() == "READY=1\nSTATUS=3 schemes 1 alert")
        manager.tell(.reloading)
        #expect(receiver.next()?.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") == true)
        manager.tell(.stopping)
        #expect(receiver.next() == "STOPPING=1")
        #expect(manager.watchdogInterval == nil)
    }

    @Test("a sign of life is due at half of the time after which systemd would worry")
    func watchdog() {
        #expect(ServiceManager { $0 == "WATCHDOG_USEC" ? "30000000" : nil }.watchdogInterval == .seconds(15))
        let other = ["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"]
        #expect(ServiceManager { other[$0] }.watchdogInterval == nil, "it is another process's watchdog")
    }
}
