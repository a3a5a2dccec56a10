extension Route {
    /// Whether it is a feed that not everyone may read.
    ///
    /// Feed readers cannot sign in; a member may let them read it at an address of the member's own.
    package var isPrivateFeed: Bool {
        kind == .asset && visibility == .private
            && Self.feedTypes.contains { mediaType == $0 || mediaType.hasPrefix($0 + ";") }
    }

    /// Atom (RFC 4287), JSON Feed 1.1 and RSS 2.0.
    private static let feedTypes = ["application/atom+xml", "application/feed+json", "application/rss+xml"]
}
