import HTTPTypes

/// What a browser asks before it sends a request from another origin (Fetch standard, CORS preflight).
enum Preflight {
    static func answer(_ call: Call, _ configuration: IdentityConfiguration) -> Answer {
        var answer = Answer(204)
        guard let origin = call.headers[.origin], let host = URLParts(origin)?.host,
            configuration.allows(host: host)
        else {
            return answer
        }
        answer.headers[.accessControlAllowOrigin] = origin
        answer.headers[.accessControlAllowCredentials] = "true"
        answer.headers[.accessControlAllowMethods] = "GET, POST, PUT, PATCH, DELETE"
        answer.headers[.accessControlAllowHeaders] =
            "Origin, Cookie, Set-Cookie, X-Requested-With, Content-Type, Access-Control-Allow-Origin, "
            + "X-Appwrite-Project, X-Appwrite-Session, X-Appwrite-JWT, X-Appwrite-Locale, "
            + "X-Appwrite-Response-Format, X-Fallback-Cookies, X-SDK-Name, X-SDK-Version, X-SDK-Language, "
            + "X-SDK-Platform"
        answer.headers[.accessControlExposeHeaders] = "X-Appwrite-Session, X-Fallback-Cookies"
        return answer
    }
}
