/// How hard to try, as against how long it takes.
///
/// Measured on 2,000 pages of 10 KB with zlib 1.2.13 and libbrotli 1.0.9, one core, as size and time per page:
///
/// | gzip | | br | |
/// | --- | --- | --- | --- |
/// | 1 | 31.1 %, 0.08 ms | 2 | 29.4 %, 0.07 ms |
/// | 4 | 28.7 %, 0.11 ms | 4 | 28.3 %, 0.15 ms |
/// | 6 | 28.2 %, 0.16 ms | 5 | 25.6 %, 0.19 ms |
/// | 9 | 28.2 %, 0.16 ms | 9 | 25.5 %, 0.25 ms |
/// | | | 11 | 23.6 %, 9.5 ms |
package enum Effort: Sendable {
    /// For pages, which are many: the last levels that gain more than they cost.
    case quick
    /// For the few files that every page needs: the smallest result, fifty times slower with br.
    case thorough

    var gzipLevel: Int32 { self == .quick ? 4 : 9 }
    var brotliQuality: Int32 { self == .quick ? 5 : 11 }
}
