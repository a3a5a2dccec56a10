/// For whom a page or an asset is.
///
/// Exactly one, decided when the site is built.
package enum Visibility: String, Codable, Sendable, CaseIterable {
    /// For everyone.
    case `public`
    /// For members who meet the page's requirements.
    case `private`
}
