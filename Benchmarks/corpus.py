"""The corpus: posts of about 5 KB each, and a few pages for the menu, the same in every run.

A post has a title, a date, a description, three tags, and three to six sections of words with emphasis, code, links to
other posts, lists, quotes and tables. Both sites get the same files: the posts are hard links to one set of files, and
only what stands for a folder has the name and the front matter that each program wants.
"""

import datetime
import os
import random

WORDS = (
    "gate member guest session page visitor theme build render public private cookie secret login route server header "
    "cache stream release folder table audit digest limit address answer question sign key door wall tower lantern "
    "river boat oar club fee season board minute letter window bridge road garden stone winter summer morning evening"
).split()

# In a folder each; more in one folder than this is rare on real sites.
POSTS_IN_A_FOLDER = 1000

MENU = ["about", "contact", "events", "people", "history", "press"]


class Writer:
    """Makes up text; the same seed gives the same text."""

    def __init__(self, seed, posts):
        self.chance = random.Random(seed)
        self.posts = posts

    def sentence(self):
        words = [self.chance.choice(WORDS) for _ in range(self.chance.randint(8, 18))]
        return " ".join(words).capitalize() + "."

    def paragraph(self):
        return " ".join(self.sentence() for _ in range(self.chance.randint(3, 6)))

    def marked_paragraph(self):
        """A paragraph of which some words are emphasised, code, or a link to another post."""
        words = self.paragraph().split()
        for _ in range(4):
            place = self.chance.randrange(len(words))
            post = self.chance.randrange(self.posts)
            marks = ["**{}**", "*{}*", "`{}`", "[{}](" + address(post) + ")"]
            words[place] = self.chance.choice(marks).format(words[place])
        return " ".join(words)

    def block(self, number):
        """What follows the paragraphs of a section: a list, code, a quote, a table, or nothing."""
        kind = self.chance.random()
        if kind < 0.3:
            return "\n" + "".join(f"- {self.sentence()}\n" for _ in range(5))
        if kind < 0.5:
            return f"\n```swift\nlet x = {number}\nfunc f(_ a: Int) -> Int {{ a + x }}\nprint(f(3))\n```\n"
        if kind < 0.6:
            return f"\n> {self.paragraph()}\n"
        if kind < 0.7:
            rows = "".join(f"| {self.chance.choice(WORDS)} | {self.chance.choice(WORDS)} |\n" for _ in range(4))
            return "\n| a | b |\n|---|---|\n" + rows
        return ""

    def body(self, number):
        sections = []
        for _ in range(self.chance.randint(3, 6)):
            heading = self.sentence()[:-1]
            sections.append(f"\n## {heading}\n\n{self.marked_paragraph()}\n\n{self.marked_paragraph()}\n")
            sections.append(self.block(number))
        return "".join(sections)


def address(post):
    return f"/posts/{post // POSTS_IN_A_FOLDER}/post-{post}/"


def post_text(number, posts):
    writer = Writer(f"post {number} of {posts}", posts)
    # One day for each post of a folder, all in the past: lists then have one order, whoever makes them.
    day = datetime.date(2010, 1, 1) + datetime.timedelta(days=number % POSTS_IN_A_FOLDER * 5)
    tags = ", ".join(writer.chance.sample(WORDS, 3))
    return (
        f'---\ntitle: "Post {number} {writer.chance.choice(WORDS)}"\ndate: {day}\n'
        f'description: "{writer.sentence()}"\ntags: [{tags}]\n---\n' + writer.body(number)
    )


def write_posts(folder, posts):
    """Writes the posts below a folder."""
    for number in range(posts):
        file = f"{folder}{address(number)[:-1]}.md"
        if number % POSTS_IN_A_FOLDER == 0:
            os.makedirs(os.path.dirname(file))
        with open(file, "w") as post:
            post.write(post_text(number, posts))


def write_site(content, posts_folder, posts, index, menu):
    """Writes the content of one program's site.

    `index` is the name of the file that stands for a folder, `menu` the line of front matter that puts a page into the
    menu.
    """
    writer = Writer("index", posts)

    def page(path, title, weight, in_menu):
        os.makedirs(os.path.dirname(f"{content}/{path}"), exist_ok=True)
        with open(f"{content}/{path}", "w") as file:
            file.write(f'---\ntitle: "{title}"\nweight: {weight}\ndescription: "{writer.sentence()}"\n')
            file.write((menu + "\n" if in_menu else "") + f"---\n{writer.body(0)}")

    page(f"{index}.md", "Home", 1, True)
    page(f"posts/{index}.md", "Posts", 2, True)
    for position, name in enumerate(MENU):
        page(f"{name}.md", name.capitalize(), 3 + position, True)
    for folder in range((posts + POSTS_IN_A_FOLDER - 1) // POSTS_IN_A_FOLDER):
        page(f"posts/{folder}/{index}.md", f"Folder {folder}", folder + 1, False)
    for number in range(posts):
        file = address(number)[:-1] + ".md"
        os.link(posts_folder + file, content + file)
