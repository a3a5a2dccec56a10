/// Every mail and text message that was sent, newest first, for people.
enum OutboxPage {
    static func html(_ messages: [Message]) -> String {
        let items = messages.reversed().map(item)
        let list =
            items.isEmpty
            ? "<p>Nothing was sent yet.</p>" : "<ol>\n\(items.joined(separator: "\n"))\n</ol>"
        return Page.html(
            title: "Outbox",
            body: """
                <p>Mails and text messages end here. The same as JSON: <a href="/outbox.json">/outbox.json</a>.</p>
                \(list)
                """
        )
    }

    private static func item(_ message: Message) -> String {
        let content =
            message.link.isEmpty
            ? "<code>\(Page.escaped(message.code))</code>"
            : "<a href=\"\(Page.escaped(message.link))\" rel=\"noreferrer\">\(Page.escaped(message.link))</a>"
        let phrase = message.phrase.isEmpty ? "" : " (phrase: \(Page.escaped(message.phrase)))"
        return """
            <li><p><strong>\(Page.escaped(message.subject))</strong> to \(Page.escaped(message.receiver)),
            <time>\(message.sent.text)</time>\(phrase)<br>\(content)</p></li>
            """
    }
}
