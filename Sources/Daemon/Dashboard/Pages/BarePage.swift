import DNSModel

/// A page for those who are not let in, or not further.
struct BarePage {
    let title: String
    let content: HTML

    var html: HTML {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(title) · dnsconverge</title>
        <link rel="stylesheet" href="\(DashboardAssets.style.path)">
        <link rel="icon" href="data:,">
        </head>
        <body class="bare">
        \(Mark.sprite)<main class="card"><h1>\(Mark.icon(.logo)) dnsconverge</h1>
        \(content)</main>
        </body>
        </html>

        """
    }
}
