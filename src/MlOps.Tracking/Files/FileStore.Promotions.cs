using System.Globalization;
using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Files;

internal sealed partial class FileStore
{
    public PromotionEntry RecordPromotion(PromotionDraft draft)
    {
        PromotionRules.CheckRecord(draft);
        return Changing(() =>
        {
            KnownModel(draft.Model);
            return Log.Append([draft], Now, Apply)[0];
        });
    }

    public IReadOnlyList<PromotionEntry> GetPromotionLog(string? name = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<PromotionEntry> log = Log.HasPending ? Changing(Log.Read) : Guarded(Log.Read);
        return name is null ? log : log.FindAll(entry => entry.Model == name);
    }

    private bool Tell(params PromotionDraft[] drafts)
    {
        Log.Append(drafts, Now, Apply);
        return true;
    }

    /// <summary>Changes the files as an entry of the log says. Doing it twice is as good as once, so that what a process began another can end.</summary>
    private void Apply(PromotionEntry entry)
    {
        if (entry.Action == PromotionAction.ModelRenamed)
        {
            Rename(entry.Model, entry.Target);
            return;
        }

        if (FindModel(entry.Model) is not { } model)
        {
            return; // gone since
        }

        switch (entry.Action)
        {
            case PromotionAction.AliasSet or PromotionAction.RolledBack:
                AliasesOf(model).Set(entry.Target, entry.Version!.Value.ToString(CultureInfo.InvariantCulture), aside: model);
                Touch(model);
                break;
            case PromotionAction.AliasRemoved:
                AliasesOf(model).Remove(entry.Target);
                Touch(model);
                break;
            case PromotionAction.StageSet:
                ChangeMeta(VersionFolder(model, entry.Version!.Value), meta => meta.Set("current_stage", entry.Target));
                Touch(model);
                break;
            case PromotionAction.VersionDeleted:
                foreach (ModelAlias alias in Aliases(model).Where(alias => alias.Version == entry.Version))
                {
                    AliasesOf(model).Remove(alias.Alias);
                }

                ChangeMeta(VersionFolder(model, entry.Version!.Value), meta => meta.Set("current_stage", DeletedStage));
                Touch(model);
                break;
            case PromotionAction.ModelDeleted:
                string aside = Path.Combine(_root, TrashName, $".{Guid.NewGuid():N}.tmp");
                Directory.CreateDirectory(Path.GetDirectoryName(aside)!);
                Directory.Move(model, aside);
                Directory.Delete(aside, recursive: true);
                break;
        }
    }

    private void Rename(string from, string to)
    {
        if (FindModel(from) is { } old)
        {
            Directory.Move(old, Path.Combine(ModelsFolder, to));
        }

        string model = KnownModel(to);
        ChangeMeta(model, meta => meta.Set("name", to));
        foreach (int version in Numbers(model))
        {
            ChangeMeta(VersionFolder(model, version), meta => meta.Set("name", to));
        }
    }
}
