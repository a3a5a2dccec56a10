enum TeamRoutes {
    static let all: [Route] = []
}
