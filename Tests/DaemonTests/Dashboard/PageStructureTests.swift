import DNSModel
import Testing

@testable import Daemon

@Suite("Every page is well-formed, and says to a screen reader what it shows")
struct PageStructureTests {
    static let scenes = PageTests.scenes

    @Test(arguments: scenes)
    func isWellFormed(_ scene: PageTests.Scene) {
        let page = Markup(scene.html().markup)
        #expect(page.problems == [])
        let ids = page.elements.compactMap { $0.attributes["id"] }
        #expect(Set(ids).count == ids.count, "an id is there twice")
        #expect(page.elements.count { $0.name == "h1" } == 1)
        #expect(page.elements.count { $0.name == "main" } == 1)
    }

    @Test(arguments: scenes)
    func pointsAtWhatIsThere(_ scene: PageTests.Scene) {
        let page = Markup(scene.html().markup)
        let ids = Set(page.elements.compactMap { $0.attributes["id"] })
        for element in page.elements {
            for key in ["for", "aria-labelledby", "aria-describedby", "popovertarget", "list"] {
                for id in (element.attributes[key] ?? "").split(separator: " ") {
                    #expect(ids.contains(String(id)), "\(element.name) \(key)=\(id)")
                }
            }
            if let href = element.attributes["href"], href.hasPrefix("#") {
                #expect(ids.contains(String(href.dropFirst())), "\(element.name) href=\(href)")
            }
        }
    }

    @Test(arguments: scenes)
    func namesItsFields(_ scene: PageTests.Scene) {
        let page = Markup(scene.html().markup)
        let labelled = Set(page.elements.filter { $0.name == "label" }.compactMap { $0.attributes["for"] })
        for field in page.elements where ["input", "select"].contains(field.name) {
            guard field.attributes["type"] != "hidden" else { continue }
            #expect(labelled.contains(field.attributes["id"] ?? ""), "\(field.attributes["name"] ?? "?") has no label")
        }
    }

    @Test(arguments: scenes)
    func sendsFormsWithTheToken(_ scene: PageTests.Scene) {
        let page = Markup(scene.html().markup)
        let posts = page.elements.count { $0.name == "form" && $0.attributes["method"] == "post" }
        let tokens = page.elements.count { $0.attributes["name"] == "form_token" && $0.parents.last == "form" }
        #expect(posts == tokens)
    }

    @Test("nothing in a page needs what a strict Content-Security-Policy forbids", arguments: scenes)
    func isStrict(_ scene: PageTests.Scene) {
        let page = Markup(scene.html().markup)
        for element in page.elements {
            #expect(element.attributes["style"] == nil && element.name != "style")
            #expect(!element.attributes.keys.contains { $0.hasPrefix("on") })
            #expect(element.name != "script" || element.attributes["src"]?.hasPrefix("/assets/") == true)
            let address = element.attributes["src"] ?? element.attributes["href"] ?? element.attributes["action"] ?? "/"
            #expect(["/", "#", "data:,"].contains { address.hasPrefix($0) }, "\(address) is elsewhere")
        }
    }

    @Test("what would be a script is text, wherever it stands")
    func showsScripts() {
        let page = Markup(SchemePage(view: SamplePages.hostile, frame: SamplePages.frame).html.markup)
        #expect(page.elements.count { $0.name == "script" } == 1)
        #expect(!page.elements.contains { $0.name == "img" })
        #expect(page.elements.count { $0.text.contains("&lt;script&gt;alert(1)") } > 10)
    }

    @Test("a secret that was typed is not sent back")
    func forgetsSecrets() {
        var state = FormState(values: ["provider.kind": "he", "provider.key": "hunter2", "name": "cat"])
        state.others = ["something is wrong"]
        let page = AddSchemePage(form: SchemeForm(state, token: nil), frame: SamplePages.frame).html.markup
        #expect(page.contains("value=\"cat\"") && !page.contains("hunter2"))
    }
}
