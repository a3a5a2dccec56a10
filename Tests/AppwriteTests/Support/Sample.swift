/// Answers in Appwrite's form, written for these tests.
enum Sample {
    static func answer(
        _ status: Int,
        _ body: String,
        type: String = "application/json; charset=UTF-8",
        fields: [String] = []
    ) -> String {
        let head =
            ["HTTP/1.1 \(status) X", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)"] + fields
        return head.joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    static func error(_ status: Int, _ type: String, _ message: String = "No.", fields: [String] = [])
        -> String
    {
        answer(
            status,
            #"{"message":"\#(message)","code":\#(status),"type":"\#(type)","version":"1.9.6"}"#,
            fields: fields
        )
    }

    static let noContent = "HTTP/1.1 204 No Content\r\n\r\n"

    static func session(secret: String = secretOfSession, expire: String = "2027-07-22T10:00:00.000+00:00")
        -> String
    {
        answer(201, sessionBody(secret: secret, expire: expire))
    }

    static func sessionBody(secret: String = "", expire: String = "2027-07-22T10:00:00.000+00:00") -> String {
        """
        {"$id":"s1","$createdAt":"2026-07-22T10:00:00.000+00:00","$updatedAt":"2026-07-22T10:00:00.000+00:00",\
        "userId":"u1","expire":"\(expire)","provider":"email","providerUid":"ada@example.com","ip":"192.0.2.7",\
        "osName":"Linux","clientName":"Firefox","deviceName":"desktop","countryName":"Iceland","current":true,\
        "factors":["password"],"secret":"\(secret)","mfaUpdatedAt":"","newInTheFuture":{"a":[1,null]}}
        """
    }

    static let accountBody = """
        {"$id":"u1","$createdAt":"2026-01-02T03:04:05.678+00:00","name":"Ada","registration":\
        "2026-01-02T03:04:05.678+00:00","status":true,"labels":["pro","eu"],"passwordUpdate":"","email":\
        "ada@example.com","phone":"","emailVerification":true,"phoneVerification":false,"mfa":true,"prefs":{},\
        "targets":[],"accessedAt":"","emailIsFree":null}
        """

    static let account = answer(200, accountBody)

    /// Base64 as Appwrite's: with all three of the awkward characters.
    static let secretOfSession = "eyJpZCI6InUxIiwic2VjcmV0IjoiaHVzaGh1c2gifQ+/=="
}
