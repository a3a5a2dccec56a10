import Gate
import Ground
import Markdown
import Settings
import Theme

/// Parts of a page for some of its readers.
extension PageTags {
    /// What the readers get for whom the page is rendered; notes whom the part is for.
    func view(of chain: [PartAccess]) -> PartView {
        let access = chain.reduce(page.access) { $0.joined(with: Access($1)) }
        let placed = Access(
            visibility: access.visibility,
            requirements: access.requirements,
            place: chain.last?.place ?? access.place
        )
        reader.met.add(placed)
        if reader.isNobody { return .neither }
        return reader.gets(reader.access, placed) ? .words : .other
    }

    /// What the theme says to those who do not get a part.
    func invitation(_ part: PartAccess, isBlock: Bool) -> Result<String, Diagnostic> {
        guard model.theme.has("invitation") else {
            return .failure(
                Diagnostic(
                    at: part.place,
                    "the theme does not say what stands here for those who may not read this part",
                    advice:
                        "add themes/\(model.settings.theme)/partials/invitation.mustache, or write {% else /%} and other words"
                )
            )
        }
        let isMember = reader.access.visibility == .private
        let auth = model.settings.auth
        func href(_ path: PagePath) -> TemplateValue { .text("\(path.encoded)?to=\(page.path.encoded)") }
        var context: [String: TemplateValue] = [
            "block": .flag(isBlock), "member": .flag(isMember), "sign_in": "", "sign_up": "",
            "labels": .list([]), "teams": .list([]), "emails": .list([]), "any": .list([]),
            "verified": .flag(false), "mfa": .flag(false),
        ]
        if isMember {
            // What guests are told of the site's members is for the author to say.
            context["labels"] = .list(part.labels.map(TemplateValue.text))
            context["teams"] = .list(part.teams.map(TemplateValue.text))
            context["emails"] = .list(part.emails.map(TemplateValue.text))
            context["any"] = .list(part.any.map(TemplateValue.text))
            context["verified"] = .flag(part.verified)
            context["mfa"] = .flag(part.secondFactor)
        } else {
            if auth.canSignIn { context["sign_in"] = href(auth.routes.login) }
            if auth.canSignUp { context["sign_up"] = href(auth.routes.signUp) }
        }
        let filled = context
        return Result { () throws(Diagnostic) in
            try model.theme(in: page.language).render("invitation", filled)
        }
    }
}

extension Access {
    /// For whom a part is, whatever is around it.
    fileprivate init(_ part: PartAccess) {
        self.init(visibility: .private, requirements: part.requirements, place: part.place)
    }
}
