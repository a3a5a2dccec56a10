import Ground

extension HookSettings {
    private static let keys = [
        "name", "url", "events", "secret", "previous_secret", "timeout", "on_failure",
    ]

    /// Reads `hooks`, a list.
    static func list(_ settings: YAMLTable) -> [HookSettings] {
        guard let value = settings.entry("hooks")?.value else { return [] }
        switch value.content {
        case .nothing: return []
        case .list(let values):
            var names: Set<String> = []
            return values.compactMap { value in
                guard let hook = HookSettings(value, settings.reading) else { return nil }
                guard names.insert(hook.name).inserted else {
                    settings.reading.report(
                        at: value.place,
                        "two hooks have the name '\(hook.name)'",
                        advice: "give each a 'name' of its own"
                    )
                    return nil
                }
                return hook
            }
        default:
            settings.reading.report(
                at: value.place,
                "hooks must be a list, each with 'url', 'events' and 'secret', found \(value.found)"
            )
            return []
        }
    }

    private init?(_ value: YAMLValue, _ reading: YAMLReading) {
        let table = YAMLTable(value, named: "a hook", keys: Self.keys, reading: reading)
        let url = table.required("url", "where the hook is, as in 'url: https://crm.example/gatehouse'") {
            $0.parsed(
                "url",
                "an https:// address, or an http:// one on this machine",
                mixed: true,
                advice: "what is told names people, so it does not travel in the clear",
                Self.address
            )
        }
        let events = table.required("events", "what the hook is told, as in 'events: [sign_in, sign_up]'") {
            Self.events($0)
        }
        _ = table.required("secret", "what deliveries are signed with, as in 'secret: ${HOOK_SECRET}'") { _ in
            true
        }
        let secret = SecretSetting(table, key: "secret", suggested: "HOOK_SECRET")
        let previous = SecretSetting(table, key: "previous_secret", suggested: "OLD_HOOK_SECRET")
        let timeout = table.parsed(
            "timeout",
            "a duration from 50ms to 60s, such as 500ms",
            Self.milliseconds
        )
        let onFailure = table.choice("on_failure", of: OnFailure.self)
        let name = table.parsed("name", "a name of letters, digits, '-', '_' and '.'", Self.name)
        guard let url, let events, let secret else { return nil }
        if onFailure != nil, !events.contains(.authorize) {
            reading.report(
                at: table.place(of: "on_failure"),
                "on_failure is for hooks that are asked",
                advice: "add 'authorize' to 'events', or leave it out"
            )
        }
        self.init(
            name: name ?? Self.host(of: url),
            url: url,
            events: events,
            secret: secret,
            previousSecret: previous,
            timeout: timeout ?? Self.defaultTimeout,
            onFailure: onFailure ?? .deny
        )
    }

    private static func events(_ table: YAMLTable) -> Set<Event>? {
        guard let names = table.texts("events") else { return nil }
        let known = Event.allCases.map(\.rawValue)
        for (name, place) in names where !known.contains(name) {
            table.reading.report(
                at: place,
                "unknown event '\(name)'",
                advice: Suggestion.advice(for: name, among: known)
            )
        }
        let events = Set(names.compactMap { Event(rawValue: $0.text) })
        if names.isEmpty {
            table.reading.report(
                at: table.place(of: "events"),
                "a hook without events is never told anything",
                advice: "name some of: \(known.joined(separator: ", "))"
            )
        }
        return events.isEmpty ? nil : events
    }

    /// Without user, query or fragment; in the clear only where nobody else listens.
    private static func address(_ text: String) -> String? {
        guard let mark = text.firstRange(of: "://") else { return nil }
        let rest = text[mark.upperBound...]
        let host = rest.prefix { $0 != "/" }
        guard let site = SiteURL(String(text[..<mark.upperBound] + host)),
            site.isSecure || ["127.0.0.1", "localhost", "[::1]"].contains(site.host)
        else { return nil }
        let path = rest.dropFirst(host.count)
        return path.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "#") }
            ? text + (path.isEmpty ? "/" : "") : nil
    }

    private static func host(of url: String) -> String {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        return String(rest.prefix { $0 != "/" && $0 != ":" }.map { "[]".contains($0) ? "_" : $0 })
    }

    private static func name(_ text: String) -> String? {
        let isName =
            (1...64).contains(text.utf8.count) && !text.hasPrefix(".")
            && text.unicodeScalars.allSatisfy { $0.isLetterOrDigit || "-_.".unicodeScalars.contains($0) }
        return isName ? text : nil
    }

    private static func milliseconds(_ text: String) -> Int? {
        let count: Int? =
            if text.hasSuffix("ms") {
                text.utf8.count <= 7 ? Int(text.dropLast(2)) : nil
            } else {
                Seconds(text).map { $0.count * 1000 }
            }
        return count.flatMap { (50...60_000).contains($0) ? $0 : nil }
    }
}

extension AuditSettings {
    init(_ settings: YAMLTable) {
        let table = settings.table("audit", keys: ["file"])
        self.init(file: table.text("file", mixed: true))
    }
}
