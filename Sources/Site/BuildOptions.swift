import Glibc
package import Highlight
package import Minification

/// How one build is asked for.
package struct BuildOptions: Sendable {
    /// Drafts are built, too.
    package var drafts = false
    /// Pages whose date has not come yet are built, too.
    package var future = false
    /// Warnings are errors.
    package var strict = false
    /// Assets get names that change with their bytes, as `build.fingerprint` says.
    package var fingerprints = false
    /// Photographs and drawings that pages show get smaller images, as `build.photographs` says; a preview has no use for them.
    package var photographs = false
    /// Compressed twins are written, as `build.compress` says; a preview has no use for them.
    package var compresses = false
    /// Colours code, as `markdown.highlight` says; nil leaves it as it is.
    ///
    /// It may serve many builds, and then colours what has not changed but once.
    package var highlighter: Highlighter?
    /// Makes pages and scripts shorter, as `build.minify` says; nil leaves them as they are, which a preview can do with.
    package var minifier: Minifier?
    /// What an earlier build has compressed is taken from the cache.
    package var usesCache = true
    /// Takes what is known when a build succeeds, for `Build.revise`.
    package var memory: BuildMemory?
    /// The process ends soon after this build, and the system takes its memory back at once: nothing is freed piece by piece.
    package var endsProcess = false
    /// How many tasks read and render at once; at least 1.
    package var jobs: Int
    /// The present, in seconds since 1970 in UTC.
    package var now: Int
    /// Called as each step begins; what it throws fails the build there.
    ///
    /// For tests of what a failure leaves behind.
    package var onStep: @Sendable (BuildStep) throws -> Void = { _ in }
    /// Called with the folder of the finished release before it is searched for leaks.
    ///
    /// For tests, which put one there: templates and lists are given nothing that could leak.
    var onLeakSearch: @Sendable (String) throws -> Void = { _ in }
    /// Whether what is rendered for readers of the first access has the parts that are for those of the second.
    ///
    /// For tests, which make a mistake there for the search to find.
    var getsPart = Reader.own

    package init(jobs: Int = BuildOptions.cores, now: Int = time(nil)) {
        self.jobs = max(1, jobs)
        self.now = now
    }

    /// How many cores this machine has.
    package static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}

/// The steps of a build, in their order.
package enum BuildStep: String, CaseIterable, Sendable {
    case scan, read, decide, render, write, audit, `switch`
}
