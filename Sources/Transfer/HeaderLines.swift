import CCurl
import HTTPTypes

/// A request's fields as libcurl wants them: a linked list of lines.
enum HeaderLines {
    /// The caller owns the list, and frees it after the easy handle.
    static func list(of fields: HTTPFields) throws(TransferFailure) -> UnsafeMutablePointer<curl_slist>? {
        if let name = fields.lazy.map(\.name).first(where: { ownedByClient.contains($0.canonicalName) }) {
            throw .badRequest("the field \(name.rawName) is the client's own")
        }
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines(of: fields) {
            // On failure nil comes back, and the list so far is still ours to free.
            guard let longer = curl_slist_append(list, line) else {
                curl_slist_free_all(list)
                throw .unreachable("libcurl has no memory")
            }
            list = longer
        }
        return list
    }

    /// What decides where a message ends and where it goes.
    private static let ownedByClient: Set<String> = [
        "connection", "content-length", "expect", "host", "transfer-encoding",
    ]

    private static func lines(of fields: HTTPFields) -> [String] {
        // A name with a colon and nothing after it removes what libcurl would add by itself.
        let unwanted: [HTTPField.Name] = [.accept, .contentType, .expect]
        return unwanted.filter { !fields.contains($0) }.map { "\($0.rawName):" } + fields.map(line)
    }

    /// libcurl spells a field without value with a semicolon.
    private static func line(_ field: HTTPField) -> String {
        field.value.isEmpty ? "\(field.name.rawName);" : "\(field.name.rawName): \(field.value)"
    }
}
