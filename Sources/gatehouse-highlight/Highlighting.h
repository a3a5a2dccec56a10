#pragma once

#include <KF5/KSyntaxHighlighting/KSyntaxHighlighting/AbstractHighlighter>
#include <KF5/KSyntaxHighlighting/KSyntaxHighlighting/Definition>
#include <KF5/KSyntaxHighlighting/KSyntaxHighlighting/Repository>

#include <QHash>

#include <optional>
#include <string>
#include <string_view>

/// Turns source code into HTML with a class for each kind of word.
///
/// Lines are parted by LF as in the source, and no element goes over a line's end, so that a line can be wrapped.
class Highlighting : private KSyntaxHighlighting::AbstractHighlighter {
public:
    Highlighting();

    /// Returns nothing where no definition goes by the language's name, its alias or its file ending.
    std::optional<std::string> html(std::string_view language, std::string_view code);

private:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format) override;

    KSyntaxHighlighting::Repository repository;
    /// By their names and aliases in lower case.
    QHash<QString, KSyntaxHighlighting::Definition> definitions;
    QString line;
    /// Whether the code is a diff.
    bool isDiff = false;
    std::string result;

    KSyntaxHighlighting::Definition definitionFor(std::string_view language) const;
    void append(QStringView text);
};
