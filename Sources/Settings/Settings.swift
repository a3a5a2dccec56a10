package import Gate
package import Ground

/// Everything that `site.config` says, checked.
///
/// Each property is a key of the file by the name in its comment. Keys that are not here are errors.
package struct Settings: Sendable {
    /// `title`: the name of the site, for its pages' heads and the menu.
    package var title: String
    /// `url`: where visitors find the site.
    package var url: SiteURL
    /// `language`: a language tag for `<html lang>` (BCP 47); `en` where it is not said.
    package var language: String
    /// `languages`: the others that the site is written in, each below a folder of its tag; none of them is `language`.
    package var languages: [String] = []
    /// `theme`: a folder below `themes`; `lantern` where it is not said.
    package var theme: String
    /// `visibility`: for whom pages are that do not say so themselves.
    package var visibility: VisibilityPolicy
    /// `appwrite`: the authority on who is who.
    ///
    /// Nil where no endpoint is set; `gatehouse dev` then starts its own.
    package var appwrite: AppwriteSettings?
    /// `auth`: the ways in, the cookie, and the routes.
    package var auth: AuthSettings
    /// `guests`: sessions and limits of visitors who are not members.
    package var guests: GuestSettings
    /// `server`: where the runtime listens and whom it believes.
    package var server: ServerSettings
    /// `markdown`: the dialect pages are written in.
    package var markdown: MarkdownSettings
    /// `taxonomies` and `paginate`: lists of pages beside those of folders.
    package var lists = ListSettings()
    /// `build`: what stays in the output folder.
    package var build: BuildSettings
    /// `hooks`: who is told what happens with identity, and who is asked.
    package var hooks: [HookSettings] = []
    /// `audit`: the log of what happens with identity.
    package var audit = AuditSettings()
    /// What does not stop a build but should be read by its author.
    package var warnings: [Diagnostic] = []
}
