import HTTPTypes

/// What says that the service is there.
enum HealthRoutes {
    static let all = [
        Route(method: .get, template: "/health", scopes: ["health.read"]) { (_, _) throws(Refusal) in
            .json(["name": "http", "ping": 1, "status": "pass"])
        },
        Route(method: .get, template: "/health/version", scopes: ["public"]) { (_, _) throws(Refusal) in
            .json(["version": "1.9.6"])
        },
        Route(method: .get, template: "/ping", scopes: ["global"]) { (exchange, _) throws(Refusal) in
            guard exchange.isForProject else { throw .projectNotFound }
            return Answer(200, .plain("Pong!"))
        },
        Route(method: .get, template: "/locale", scopes: ["locale.read"]) { (exchange, _) throws(Refusal) in
            // A loopback address has no country; this is what Appwrite says of an unknown one.
            .json([
                "ip": .text(exchange.call.clientAddress), "countryCode": "--", "country": "Unknown",
                "continentCode": "--", "continent": "Unknown", "eu": false, "currency": "",
            ])
        },
    ]
}
