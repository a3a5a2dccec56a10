import Gate
import Ground
import HTTPTypes
import Theme

extension RuntimePages {
    /// The theme's page for a problem; a page of our own where the theme cannot even do that.
    func html(_ problem: Problem, requestID: String, signIn: String?, in language: String) -> String {
        let told = told(problem, in: language)
        var values: [String: TemplateValue] = [
            "status": .number(problem.status.code),
            "title": .text(told.title),
            "message": .text(told.message),
            "missing": .list(told.missing.map(TemplateValue.text)),
            "request_id": .text(requestID),
        ]
        if let name = problem.signedInAs { values["name"] = .text(name) }
        if let seconds = problem.retryAfter { values["retry_after"] = .number(seconds) }
        if problem.status == .unauthorized || problem.wanted != nil, let signIn {
            values["sign_in_href"] = .text(signIn)
        }
        // Whoever is told what is missing is signed in.
        let page = try? html(
            "status",
            title: told.title,
            in: language,
            isMember: problem.isForMember,
            values
        )
        // A problem's page must not become a problem: this one takes no template.
        return page
            ?? "<!doctype html><title>\(problem.title)</title><h1>\(problem.title)</h1><p>\(problem.message)</p>"
    }

    /// A problem in the theme's words, where it has some for it.
    func told(_ problem: Problem, in language: String) -> (title: String, message: String, missing: [String])
    {
        let words = words(in: language)
        return (
            words.text("\(problem.code)_title") ?? problem.title,
            problem.isSpoken
                ? problem.message
                : words.text("\(problem.reason ?? problem.code)_message") ?? problem.message,
            problem.lacks.map { words.sentence(for: $0) }
        )
    }
}

extension Words {
    /// What a member lacks.
    fileprivate func sentence(for lack: Requirement) -> String {
        func oneOf(_ names: [String]) -> String { names.joined(separator: " \(text("or") ?? "or") ") }
        let sentence =
            switch lack.kind {
            case .labels(let labels): text("lack_label", ["names": oneOf(labels)])
            case .teams(let teams): text("lack_team", ["names": oneOf(teams)])
            case .verified: text("lack_verification")
            case .secondFactor: text("lack_second_factor")
            case .several(let facts): text("lack_one_of", ["names": oneOf(facts.map(phrase))])
            }
        return sentence ?? lack.sentence
    }

    private func phrase(for fact: Fact) -> String {
        let phrase =
            switch fact {
            case .label(let name): text("fact_label", ["name": name])
            case .team(let id): text("fact_team", ["name": id])
            case .role(let role, let team): text("fact_role", ["name": role, "team": team])
            case .email(let domain): text("fact_email", ["name": domain])
            case .verified: text("fact_verified")
            case .secondFactor: text("fact_second_factor")
            }
        return phrase ?? fact.phrase
    }
}
