import HTTPTypes

/// The providers' accounts that the signed-in account is connected with.
enum IdentityRoutes {
    static let all = [
        Route(method: .get, template: "/account/identities", scopes: ["account"]) {
            (exchange, directory) throws(Refusal) in
            let user = try exchange.signedIn().user
            let identities = directory.identities.filter { $0.userID == user.id }
            return .json([
                "total": JSONValue(identities.count), "identities": .list(identities.map(\.json)),
            ])
        },
        Route(method: .delete, template: "/account/identities/{identityId}", scopes: ["account"]) {
            (exchange, directory) throws(Refusal) in
            let user = try exchange.signedIn().user
            let id = exchange.pathNames["identityId"] ?? ""
            guard directory.identities.contains(where: { $0.id == id && $0.userID == user.id }) else {
                throw .identityNotFound
            }
            directory.identities.removeAll { $0.id == id }
            return Answer(204)
        },
    ]
}
