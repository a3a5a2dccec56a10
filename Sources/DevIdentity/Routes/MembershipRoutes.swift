enum MembershipRoutes {
    static let all: [Route] = []
}
