import FoundationEssentials

/// The texts of a new site.
struct SiteTemplate {
    private let title: String

    /// The folder's last part gives the title: `my-site` is called "My site".
    init(folder: String) {
        let name = URL(filePath: folder).standardizedFileURL.lastPathComponent
        title = PageTitle.of(name).isEmpty ? "My site" : PageTitle.of(name)
    }

    /// By their paths in the site's folder.
    var files: [(path: String, text: String)] {
        [
            ("site.config", configuration), ("content/index.md", home), ("content/members/index.md", members),
            ("archetypes/default.md", Archetype.usual), (".gitignore", "dist/\n.gatehouse/\n"),
        ]
    }
}

extension SiteTemplate {
    private var configuration: String {
        """
        # What Gatehouse knows of this site. Each key that exists is told of in the manual, under "site.config";
        # only 'title' and 'url' are needed.

        title: \(PageTitle.quoted(title))
        url: http://127.0.0.1:8080         # where visitors find it; the real address before you publish
        language: en
        theme: lantern                     # a folder below themes
        markdown:
          dialect: [gfm, markdoc]          # markdoc: the theme's {% tags %}, and parts of a page for members only

        visibility:
          default: public                  # what a page gets that no rule names and that says nothing itself
          rules:                           # the first rule that matches decides; a page may be stricter, never laxer
            - path: /members/**
              visibility: private          # for every member

        # Who is a member says Appwrite. Until you fill this in, 'gatehouse dev' brings a stand-in with demo accounts:
        #
        # appwrite:
        #   endpoint: https://fra.cloud.appwrite.io/v1
        #   project: 65f0c2
        #   key: ${APPWRITE_API_KEY}       # the name of an environment variable; a key itself never stands in a file

        """
    }

    private var home: String {
        """
        ---
        title: Welcome
        description: The first page of \(title.replacing("\n", with: " ")).
        menu: true
        ---
        This page is for everyone. Change `content/index.md`, and the browser shows it as soon as you save.

        There is [a page for members](members/index.md), too. Open it: you are asked to sign in. The command that serves
        this site tells you which demo accounts there are.

        - A new page: `gatehouse new page news/hello`
        - Who may see a page, and why: `gatehouse access members/`
        - A release to publish: `gatehouse build`

        """.replacing(
            "description: The first page of \(title).",
            with: "description: \(PageTitle.quoted("The first page of \(title)."))"
        )
    }

    private var members: String {
        """
        ---
        title: For members
        menu: true
        teaser: true
        ---
        Only members read this, since a rule in `site.config` says that all below `/members/` is private. Files that lie
        beside this page are private as well.

        `teaser: true` lets the title of this page, and nothing else, stand in the menu that everyone sees.

        """
    }
}
