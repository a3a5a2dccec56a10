import HTTPTypes

/// Appwrite's rate limits (contract, section 3).
enum Limits {
    /// Sets the headers for everybody, and counts and refuses callers without a key.
    static let rate: Pipeline.Step = { (exchange, directory) throws(Refusal) in
        guard let rule = exchange.route.limit else { return }
        exchange.rateKeys = rule.keys.map { key(for: $0, exchange) }
        var closest: Int?
        for key in exchange.rateKeys {
            let reading = directory.rates.reading(of: key, rule, at: directory.now)
            if reading.remaining < closest ?? .max {
                closest = reading.remaining
                exchange.headers[.rateLimit] = String(reading.limit)
                exchange.headers[.rateRemaining] = String(reading.remaining)
                exchange.headers[.rateReset] = String(reading.reset)
            }
            guard exchange.configuration.rateLimits, exchange.key == nil else { continue }
            guard directory.rates.admits(key, rule, at: directory.now) else { throw .rateLimited }
        }
    }

    /// Forgets what was counted, where a success does that.
    static func settle(_ exchange: Exchange, _ status: Int, _ directory: inout Directory) {
        guard status == 201, exchange.route.limit?.resetsOnCreation == true else { return }
        for key in exchange.rateKeys { directory.rates.clear(key) }
    }

    /// The template filled in.
    ///
    /// The URL is the host and the route's template, without any id and without the method: so DELETE and
    /// PATCH of a session are counted together, as are all routes that are keyed by the address alone.
    private static func key(for template: String, _ exchange: Exchange) -> String {
        var key = template
        let values = [
            "{url}": exchange.call.hostname + "/v1" + exchange.route.template,
            "{ip}": exchange.call.clientAddress,
            "{userId}": exchange.key == nil ? exchange.user?.id ?? "" : "",
        ]
        for (name, value) in values { key.replace(name, with: value) }
        for (name, value) in exchange.call.parameters {
            guard let text = value.text, !text.isEmpty else { continue }
            key.replace("{param-\(name)}", with: text)
        }
        return key
    }
}
