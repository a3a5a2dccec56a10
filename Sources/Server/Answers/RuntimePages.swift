import FoundationEssentials
import Ground
import Theme

/// The pages that the runtime fills itself: sign-in, account, problems.
///
/// Their templates come with the release.
struct RuntimePages: Sendable {
    private let theme: Theme
    private let common: [String: TemplateValue]

    init(folder: String) throws(ReleaseFailure) {
        do throws(Diagnostics) {
            theme = try Theme.load(folder: "\(folder)/theme", shownAs: "theme")
        } catch {
            throw .badTheme(error)
        }
        let file = "\(folder)/site.json"
        guard let json = FileManager.default.contents(atPath: file),
            let values = try? JSONDecoder().decode([String: TemplateValue].self, from: json)
        else { throw .unreadable(file) }
        common = values
    }

    /// Fills a template of the theme's `server` folder.
    ///
    /// What all pages know of the site is there already; `values` is what this one is about. Throws where the theme has no
    /// such template.
    func html(
        _ template: String,
        title: String,
        isMember: Bool = false,
        _ values: [String: TemplateValue] = [:]
    ) throws(Diagnostic) -> String {
        var context = common
        context["page"] = .table(["title": .text(title), "robots": .text("noindex")])
        context["member"] = .flag(isMember)
        context.merge(values) { _, new in new }
        return try theme.render("server/\(template)", context)
    }
}
