/// What a `User-Agent` tells about the device, as far as an account page shows it.
///
/// Appwrite asks a large table of devices; this knows the usual ones, by the words that only they use.
struct UserAgent: Sendable {
    let text: String

    var system: (code: String, name: String) {
        first(of: [
            ("iPhone", ("IOS", "iOS")), ("iPad", ("IOS", "iOS")), ("Android", ("AND", "Android")),
            ("Windows", ("WIN", "Windows")), ("Mac OS X", ("MAC", "Mac")), ("Linux", ("LIN", "GNU/Linux")),
        ]) ?? ("", "")
    }

    var client: (type: String, code: String, name: String, engine: String) {
        first(of: [
            ("Edg/", ("browser", "PS", "Microsoft Edge", "Blink")),
            ("OPR/", ("browser", "OP", "Opera", "Blink")),
            ("Firefox/", ("browser", "FF", "Firefox", "Gecko")),
            ("Chrome/", ("browser", "CH", "Chrome", "Blink")),
            ("Safari/", ("browser", "SF", "Safari", "WebKit")),
            ("curl/", ("library", "", "curl", "")),
        ]) ?? ("", "", "", "")
    }

    /// The digits after the client's word, up to the second dot.
    var clientVersion: String {
        let word = client.name == "Safari" ? "Version/" : Self.word(of: client.name)
        guard let word, let range = text.firstRange(of: word) else { return "" }
        let version = text[range.upperBound...].prefix { $0.isNumber || $0 == "." }
        return version.split(separator: ".").prefix(2).joined(separator: ".")
    }

    var device: String {
        if text.contains("iPad") { return "tablet" }
        if text.contains("Mobile") { return "smartphone" }
        return system.name.isEmpty ? "" : "desktop"
    }

    private func first<Found>(of table: [(String, Found)]) -> Found? {
        table.first { text.contains($0.0) }?.1
    }

    private static func word(of name: String) -> String? {
        [
            "Microsoft Edge": "Edg/", "Opera": "OPR/", "Firefox": "Firefox/", "Chrome": "Chrome/",
            "curl": "curl/",
        ][name]
    }
}
