enum OAuthRoutes {
    static let all: [Route] = []
}
