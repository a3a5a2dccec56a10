enum TokenRoutes {
    static let all: [Route] = []
}
