import DNSModel
import Failover
import FoundationEssentials
import Hummingbird

extension UpdateFormat {
    /// The sections of a scheme's page. They are the same for everybody: tokens of forms are the visitors' own.
    static func page(_ source: PageSource) -> UpdateFormat {
        UpdateFormat(name: "page") { update in
            guard case .changed(let snapshot) = update else { return ServerEvent.make("removed", data: "page") }
            let sections = SchemeSections(await source.view(snapshot), forms: OrderForms())
            return ServerEvent.make("sections", data: sections.all.map(\.html.markup).joined())
        }
    }

    /// A scheme's row in the list.
    static let list = UpdateFormat(name: "list") { update in
        switch update {
        case .changed(let snapshot):
            let row = SchemeListPage.row(snapshot.status, now: snapshot.status.at)
            return ServerEvent.make("row", data: row.markup)
        case .removed(let name): return ServerEvent.make("removed", data: "scheme-\(name)")
        }
    }
}
