import DNSModel

/// Where a scheme is added.
struct AddSchemePage {
    let form: SchemeForm
    let frame: PageFrame

    var html: HTML {
        frame.page(
            "Add a scheme",
            """
            <header id="headline" class="headline"><h1>Add a scheme</h1>
            <p class="dim">A record, the service that publishes it, and the servers that it may lead to.</p></header>
            \(form.choice)\(form.html)
            """)
    }
}
