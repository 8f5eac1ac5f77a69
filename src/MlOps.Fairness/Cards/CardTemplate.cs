using System.Text;
using System.Text.Json;

namespace MlOps.Fairness.Cards;

/// <summary>The questions of a kind of document.</summary>
/// <param name="Kind">The kind as in files: <c>model-card</c>.</param>
/// <param name="Sections">The sections, without facts and answers.</param>
internal sealed record CardTemplate(string Kind, IReadOnlyList<CardSection> Sections)
{
    private const int Width = 118;

    internal IEnumerable<CardQuestion> Questions => Sections.SelectMany(section => section.Fields).Select(entry => entry.Question);

    /// <summary>A section of a template.</summary>
    internal static CardSection Section(string id, string title, params (string Id, bool Required, string Text)[] questions) =>
        new(id, title, [.. questions.Select(question => new CardField(new CardQuestion($"{id}.{question.Id}", question.Text, question.Required), [], []))]);

    internal IReadOnlyList<CardSection> Fill(IReadOnlyDictionary<string, IReadOnlyList<string>> facts, CardAnswers answers)
    {
        answers.MustFit(Kind, Questions.Select(question => question.Id));
        foreach ((string key, CardAnswer answer) in answers.Entries)
        {
            if (answer.Fields.Count > 0)
            {
                throw new CardFormatException(FormattableString.Invariant($"'{key}' (line {answer.Line}) takes a text or a list of texts."));
            }
        }

        return [.. Sections.Select(section => section with
        {
            Fields = [.. section.Fields.Select(field => field with
            {
                Facts = facts.GetValueOrDefault(field.Question.Id, []),
                Answer = answers.Entries.TryGetValue(field.Question.Id, out CardAnswer? answer) ? answer.Lines : [],
            })],
        })];
    }

    /// <summary>An answer file with every question as a comment and no answer.</summary>
    internal string ToYaml()
    {
        var yaml = new StringBuilder($"kind: {Kind}\nanswers:\n");
        foreach (CardSection section in Sections)
        {
            yaml.Append($"\n  # {section.Title}\n");
            foreach (CardField field in section.Fields)
            {
                Comment(yaml, field.Question.Text + (field.Question.Required ? " (required)" : ""));
                yaml.Append($"  {field.Question.Id}:\n");
            }
        }

        return yaml.ToString();
    }

    /// <summary>Comment lines that end before the margin.</summary>
    internal static void Comment(StringBuilder yaml, string text)
    {
        int column = Width;
        foreach (string word in text.Split(' '))
        {
            if (column + word.Length >= Width)
            {
                yaml.Append(yaml[^1] == '\n' ? "  #" : "\n  #");
                column = 3;
            }

            yaml.Append(' ').Append(word);
            column += word.Length + 1;
        }

        yaml.Append('\n');
    }

    internal IReadOnlyList<CardSection> Read(JsonElement root)
    {
        CardJson.MustBe(root, Kind);
        var facts = new Dictionary<string, IReadOnlyList<string>>();
        var answers = new Dictionary<string, CardAnswer>();
        foreach (JsonElement field in CardJson.List(root, "sections").SelectMany(section => CardJson.List(section, "fields")))
        {
            string id = CardJson.Text(field, "id") ?? throw new CardFormatException("A field has no 'id'.");
            facts[id] = CardJson.Texts(field, "facts");
            answers[id] = CardAnswer.Of(CardJson.Texts(field, "answer"));
        }

        return Fill(facts, new CardAnswers(Kind, answers));
    }
}
