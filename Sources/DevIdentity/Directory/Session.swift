/// A session as it is kept; its secret is known by its hash alone.
struct Session: Sendable {
    let id: String
    let serial: Int
    let userID: String
    let provider: String
    let secretHash: String
    let created: Moment
    var updated: Moment
    var expire: Moment
    let address: String
    let userAgent: UserAgent
    var factors: [String]
    var mfaUpdated: Moment?

    /// The session as it is answered.
    ///
    /// `secret` is empty unless a key asked for a new one.
    func json(isCurrent: Bool, secret: String = "", expire shownExpire: String? = nil) -> JSONValue {
        let (system, client) = (userAgent.system, userAgent.client)
        return [
            "$id": .text(id), "$createdAt": .text(created.text), "$updatedAt": .text(updated.text),
            "userId": .text(userID), "expire": .text(shownExpire ?? expire.text), "provider": .text(provider),
            "providerUid": "", "providerAccessToken": "", "providerAccessTokenExpiry": "",
            "providerRefreshToken": "", "ip": .text(address), "osCode": .text(system.code),
            "osName": .text(system.name), "osVersion": "", "clientType": .text(client.type),
            "clientCode": .text(client.code), "clientName": .text(client.name),
            "clientVersion": .text(userAgent.clientVersion), "clientEngine": .text(client.engine),
            "clientEngineVersion": "", "deviceName": .text(userAgent.device), "deviceBrand": "",
            "deviceModel": "", "countryCode": "--", "countryName": "Unknown", "current": .flag(isCurrent),
            "factors": JSONValue(texts: factors), "secret": .text(secret),
            "mfaUpdatedAt": .text(mfaUpdated?.text ?? ""),
        ]
    }
}
