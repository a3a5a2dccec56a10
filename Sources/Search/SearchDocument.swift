/// One page as a search finds it.
package struct SearchDocument: Sendable {
    /// A heading and the text below it, up to the next heading.
    package struct Part: Sendable {
        /// The heading's id, to be linked to; empty for the text above the first heading.
        package var anchor: String
        /// Plain text in UTF-8, as all texts here.
        package var heading: [UInt8]
        /// A line for each paragraph, item or cell.
        package var text: [UInt8]

        package init(anchor: String, heading: [UInt8] = [], text: [UInt8] = []) {
            self.anchor = anchor
            self.heading = heading
            self.text = text
        }
    }

    /// The page's address, percent-encoded.
    package let address: String
    package let title: String
    package let parts: [Part]

    package init(address: String, title: String, parts: [Part]) {
        self.address = address
        self.title = title
        self.parts = parts
    }

    /// The file of some documents.
    package static func json(of documents: some Sequence<SearchDocument>) -> [UInt8] {
        var json = JSONWriter()
        json.raw("[")
        json.list(documents) { json, document in
            json.raw("\n[")
            json.text(document.address)
            json.raw(",")
            json.text(document.title)
            json.raw(",[")
            json.list(document.parts) { json, part in
                json.raw("[")
                json.text(part.anchor)
                json.raw(",")
                json.text(part.heading)
                json.raw(",")
                json.text(part.text)
                json.raw("]")
            }
            json.raw("]]")
        }
        json.raw("]\n")
        return json.bytes
    }
}
