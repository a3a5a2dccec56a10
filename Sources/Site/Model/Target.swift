/// What an address or a file of the site stands for.
enum Target: Hashable, Sendable {
    /// A position in the model's pages.
    case page(Int)
    /// A position in the model's assets.
    case asset(Int)
    /// A file of the theme, or a route that the server makes.
    case outside
    /// A page or an asset that this build leaves out.
    case leftOut(Absence)
}

/// Why a page is left out of a build.
enum Absence: String, Hashable, Sendable {
    case draft
    /// Its date has not come yet.
    case future
    /// Its last day is over.
    case expired
}
