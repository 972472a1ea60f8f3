import DNSModel
import TestSupport
import Testing

@testable import Daemon

@Suite("The dashboard's pages are as their golden files say")
struct PageTests {
    struct Scene: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let file: String
        let html: @Sendable () -> HTML

        init(_ sentence: String, _ file: String, _ html: @escaping @Sendable () -> HTML) {
            testDescription = sentence
            self.file = file
            self.html = html
        }
    }

    private static let frame = SamplePages.frame

    static let scenes = [
        Scene("no scheme yet", "list-empty") { SchemeListPage(schemes: [], frame: frame).html },
        Scene("a few schemes", "list") { SchemeListPage(schemes: SamplePages.list(), frame: frame).html },
        Scene("a scheme when all is well", "calm") { SchemePage(view: SamplePages.calm, frame: frame).html },
        Scene("a scheme that has just failed over", "failover") {
            SchemePage(view: SamplePages.failover, frame: frame).html
        },
        Scene("a scheme of the file, with orders in force", "orders") {
            SchemePage(view: SamplePages.orders, frame: frame).html
        },
        Scene("texts from outside that would be scripts", "hostile") {
            SchemePage(view: SamplePages.hostile, frame: frame).html
        },
        Scene("the form for a scheme", "add-scheme") {
            AddSchemePage(form: SchemeForm(FormState(), token: frame.token), frame: frame).html
        },
    ]

    @Test(arguments: scenes)
    func looksAsExpected(_ scene: Scene) throws {
        // The digest of the style and the script changes with every touch of theirs.
        var page = scene.html().markup
        for asset in DashboardAssets.all { page = page.replacing(asset.digest, with: "DIGEST") }
        #expect(try Golden("Golden").difference(page, from: "\(scene.file).html") == nil)
    }
}
