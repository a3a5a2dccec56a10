/// Everything that is not the API: pages for people.
enum Pages {
    static func answer(_ call: Call, _ configuration: IdentityConfiguration, _ store: IdentityStore) -> Answer
    {
        switch call.path {
        case []: Answer(200, .html(IndexPage.html(configuration)))
        default: Answer(404, .html(ErrorPage.html(.routeNotFound)))
        }
    }
}
