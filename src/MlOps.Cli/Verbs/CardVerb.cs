using System.CommandLine;
using System.Text.Json.Nodes;
using MlOps.Data;
using MlOps.Fairness;
using MlOps.Fairness.Cards;
using MlOps.Fairness.Regulation;
using MlOps.Tracking.Stores;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops card</c>: model cards, datasheets, audits, impact assessments and check-lists, from facts and answers.</summary>
internal static class CardVerb
{
    private static readonly Dictionary<string, Func<string>> s_questions = new(StringComparer.Ordinal)
    {
        ["model"] = ModelCard.Questions,
        ["datasheet"] = Datasheet.Questions,
        ["audit"] = () => EthicsAudit.Create().Questions(),
        ["impact"] = ImpactAssessment.Questions,
        ["risk"] = SystemQuestions.Questions,
    };

    internal static Command Create() => new Verb(
        "card",
        "Writes model cards, datasheets, audits, impact assessments and check-lists of laws. --check is a gate.",
        "./mlops card questions model > answers.yaml",
        "./mlops card model --model loans.onnx --data holdout.csv --label y --prediction p --sensitive gender --answers answers.yaml --out card.md --check",
        "./mlops card datasheet loans.csv --sensitive gender --answers sheet.yaml --out datasheet.md",
        "./mlops card audit --data holdout.csv --label y --prediction p --sensitive gender --answers audit.yaml",
        "./mlops card risk --answers system.yaml",
        "./mlops card checklist dpdpa --answers dpdpa.yaml --check",
        "./mlops card check card.json")
    {
        Model(), DatasheetOf(), Audit(), Impact(), ChecklistOf(), Risk(), Compare(), QuestionsOf(), Check(),
    };

    private static Verb Model()
    {
        var output = new CardOutput();
        var report = new CardReport();
        var model = new Option<string?>("--model") { Description = "The ONNX file: its kind, columns, classes, parameters and digest." };
        var run = new Option<string?>("--run") { Description = "The run that trained it: its parameters and metrics. An id, the beginning of one, or a name." };
        Option<string?> store = StoreOption.Create();
        var metrics = new Option<string[]?>("--metrics") { Description = "Metrics to show from the run; all without it. NAME_lower and NAME_upper are the interval of NAME.", AllowMultipleArgumentsPerToken = true };
        var verb = new Verb(
            "model",
            "Writes a model card from an ONNX file, a run, decisions by group, and answers. Exit code 0 ok, 1 --check found a gap, 2 bad input.",
            "./mlops card model --model loans.onnx --out card.md",
            "./mlops card model --run 3fa94c --store sqlite:///mlruns.db --data holdout.csv --label y --prediction p --sensitive gender --answers answers.yaml --json --check")
        {
            model, run, store, metrics,
        };
        report.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction((parsed, cancellation) =>
        {
            ModelCardFacts facts = new();
            if (parsed.GetValue(model) is { } onnx)
            {
                facts = CardFacts.OfModel(facts, onnx);
            }

            if (parsed.GetValue(run) is { } reference)
            {
                using ITrackingStore opened = StoreOption.Open(parsed.GetValue(store));
                facts = CardFacts.OfRun(facts, RunReference.Find(opened, reference, cancellation), ColumnList.Of(parsed.GetValue(metrics)));
            }

            if (report.Read(parsed, cancellation) is { } measured)
            {
                facts = facts with { Report = measured.Report, Data = [.. facts.Data, measured.Data] };
            }

            return Task.FromResult(output.Write(parsed, output.Make(parsed, answers => ModelCard.Create(facts, answers))));
        });
        return verb;
    }

    private static Verb DatasheetOf()
    {
        var output = new CardOutput();
        var data = new Argument<string>("data") { Description = "The CSV file." };
        var sensitive = new Option<string[]?>("--sensitive") { Description = "The columns that say to which group a person belongs; their groups are counted.", AllowMultipleArgumentsPerToken = true };
        var verb = new Verb(
            "datasheet",
            "Writes a datasheet from a CSV file and answers. Values are not shown, only columns, what is missing, and the sizes of groups. Exit code 0 ok, 1 --check found a gap, 2 bad input.",
            "./mlops card datasheet loans.csv --sensitive gender,city --answers sheet.yaml --out datasheet.md")
        {
            data, sensitive,
        };
        output.AddTo(verb);
        verb.SetAction((parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(data);
            var table = Table.ReadCsv(path, cancellationToken: cancellation);
            string[] columns = ColumnList.Of(parsed.GetValue(sensitive)) ?? [];
            var facts = CardData.Of(table, "", Path.GetFileName(path), CardFacts.Digest(path), columns);
            Groups? groups = columns.Length == 0 ? null : Groups.Of(table, columns);
            return Task.FromResult(output.Write(parsed, output.Make(parsed, answers => Datasheet.Create(Path.GetFileNameWithoutExtension(path), facts, groups, answers))));
        });
        return verb;
    }

    private static Verb Audit()
    {
        var output = new CardOutput();
        var report = new CardReport();
        var verb = new Verb(
            "audit",
            "Writes the ethics audit: what was measured decides its items, answers the rest. Exit code 0 ok, 1 --check found a gap, 2 bad input.",
            "./mlops card audit --data holdout.csv --label y --prediction p --sensitive gender --answers audit.yaml --check");
        report.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction((parsed, cancellation) =>
        {
            FairnessReport? measured = report.Read(parsed, cancellation)?.Report;
            return Task.FromResult(output.Write(parsed, output.Make(parsed, answers => EthicsAudit.Create(answers, measured))));
        });
        return verb;
    }

    private static Verb Impact()
    {
        var output = new CardOutput();
        var report = new CardReport();
        var system = new Option<string>("--system") { Description = "The system's name.", DefaultValueFactory = _ => "unnamed system" };
        var verb = new Verb(
            "impact",
            "Writes an impact assessment from decisions by group and answers. Exit code 0 ok, 1 --check found a gap, 2 bad input.",
            "./mlops card impact --system \"loan scoring\" --answers impact.yaml --out impact.md --check")
        {
            system,
        };
        report.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction((parsed, cancellation) =>
        {
            FairnessReport? measured = report.Read(parsed, cancellation)?.Report;
            return Task.FromResult(output.Write(parsed, output.Make(parsed, answers => ImpactAssessment.Create(parsed.GetRequiredValue(system), measured, answers))));
        });
        return verb;
    }

    private static Verb ChecklistOf()
    {
        var output = new CardOutput();
        var kind = new Argument<string>("list") { Description = $"One of {string.Join(", ", Regulations.All.Select(list => list.Kind))}." };
        var day = new Option<DateOnly?>("--on") { Description = "Only what applies on this day, such as 2027-12-02." };
        var verb = new Verb(
            "checklist",
            "Writes the check-list of a law or framework, with articles and dates. Not legal advice. Exit code 0 ok, 1 --check found a gap, 2 bad input.",
            "./mlops card checklist gdpr --answers gdpr.yaml --out gdpr.md --check",
            "./mlops card checklist ai-act --on 2027-12-02")
        {
            kind, day,
        };
        output.AddTo(verb);
        verb.SetAction((parsed, _) =>
        {
            Checklist empty = Regulations.Find(parsed.GetRequiredValue(kind));
            Checklist list = output.Make(parsed, empty.With);
            return Task.FromResult(output.Write(parsed, parsed.GetValue(day) is { } on ? list.On(on) : list));
        });
        return verb;
    }

    private static Verb Risk()
    {
        var answers = new Option<string>("--answers") { Description = "YAML or JSON file with what a person answers; 'card questions risk' writes it.", Required = true };
        var json = SharedOptions.Json();
        var check = new Option<bool>("--check") { Description = "Exit with 1 if the class is undetermined or the use prohibited." };
        var verb = new Verb(
            "risk",
            "Finds a system's risk class under the EU AI Act, with the articles and the duties that follow. Not legal advice. Exit code 0 ok, 1 --check stops it, 2 bad input.",
            "./mlops card risk --answers system.yaml",
            "./mlops card risk --answers system.yaml --json --check")
        {
            answers, json, check,
        };
        verb.SetAction((parsed, _) =>
        {
            string path = parsed.GetRequiredValue(answers);
            AiActClassification found = CardOutput.Naming(path, () => AiActRisk.Classify(SystemQuestions.Of(CardAnswers.Parse(File.ReadAllText(path)))));
            TerminalText.WriteLine(parsed.GetValue(json) ? found.ToJson(indented: true) : found.ToMarkdown());
            bool stop = found.Class is AiActRiskClass.Undetermined or AiActRiskClass.Prohibited;
            return Task.FromResult(stop && parsed.GetValue(check) ? Program.GateFailed : Program.Ok);
        });
        return verb;
    }

    private static Verb Compare()
    {
        var verb = new Verb("compare", "Writes India's DPDP Act, the GDPR and the AI Act side by side. Not legal advice. Exit code 0, or 2 for bad input.", "./mlops card compare > laws.md");
        verb.SetAction((_, _) =>
        {
            TerminalText.WriteLine(RegulationComparison.ToMarkdown());
            return Task.FromResult(Program.Ok);
        });
        return verb;
    }

    private static Verb QuestionsOf()
    {
        var kind = new Argument<string>("kind") { Description = $"One of {string.Join(", ", s_questions.Keys.Concat(Regulations.All.Select(list => list.Kind)))}." };
        var verb = new Verb("questions", "Writes an answer file with every question as a comment. Exit code 0, or 2 for bad input.", "./mlops card questions model > answers.yaml", "./mlops card questions ai-act > ai-act.yaml")
        {
            kind,
        };
        verb.SetAction((parsed, _) =>
        {
            string name = parsed.GetRequiredValue(kind);
            TerminalText.WriteLine(s_questions.TryGetValue(name, out Func<string>? questions) ? questions()
                : Regulations.All.FirstOrDefault(list => list.Kind == name) is { } list ? list.Questions()
                : throw new ArgumentException($"There are no questions for '{name}'. There are: {string.Join(", ", s_questions.Keys.Concat(Regulations.All.Select(list => list.Kind)))}."));
            return Task.FromResult(Program.Ok);
        });
        return verb;
    }

    private static Verb Check()
    {
        var file = new Argument<string>("file") { Description = "The JSON of a model card, datasheet, impact assessment or check-list." };
        var verb = new Verb("check", "Tells what a written document lacks. Exit code 0 complete, 1 something is missing, 2 bad input.", "./mlops card check card.json")
        {
            file,
        };
        verb.SetAction((parsed, _) =>
        {
            string path = parsed.GetRequiredValue(file);
            string json = File.ReadAllText(path);
            IReadOnlyList<CardGap> gaps = CardOutput.Naming(path, () => KindOf(json) switch
            {
                "model-card" => ModelCard.FromJson(json).Check(),
                "datasheet" => Datasheet.FromJson(json).Check(),
                "impact-assessment" => ImpactAssessment.FromJson(json).Check(),
                _ => Checklist.FromJson(json).Check(),
            });
            return Task.FromResult(CardOutput.Tell(gaps, Console.Out));
        });
        return verb;
    }

    private static string? KindOf(string json)
    {
        try
        {
            return (JsonNode.Parse(json) as JsonObject)?["kind"]?.ToString();
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new CardFormatException($"This is no JSON: {e.Message}", e);
        }
    }
}
