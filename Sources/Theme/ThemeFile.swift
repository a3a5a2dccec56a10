/// One file of a theme.
package struct ThemeFile: Hashable, Sendable {
    /// Below the theme's folder, with `/` between parts: `assets/css/site.css`, `layouts/page.mustache`.
    package let path: String
    /// Where it lies on this machine.
    package let location: String
    /// As messages show it, relative to the site's folder.
    package let shownAs: String
}
