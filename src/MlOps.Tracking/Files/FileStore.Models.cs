using System.Text;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Files;

internal sealed partial class FileStore
{
    private const int LongestFolderName = 255; // bytes

    private PromotionFile Log => new(_root);

    private string ModelsFolder => Path.Combine(_root, ModelsName);

    public RegisteredModel CreateModel(string name, string description = "", IReadOnlyList<Tag>? tags = null)
    {
        CheckModelFolderName(name);
        foreach (Tag tag in tags ?? [])
        {
            TrackingLimits.CheckModelTag(tag);
        }

        return Changing(() =>
        {
            if (FindModel(name) is not null)
            {
                throw ModelExists(name);
            }

            long now = Now;
            MakeFolder(Path.Combine(ModelsFolder, name), folder =>
            {
                foreach (Tag tag in tags ?? [])
                {
                    TagsOf(folder).Set(tag.Key, tag.Value ?? "", aside: folder);
                }

                new MetaYaml()
                    .Set("aliases", [])
                    .Set("creation_timestamp", now)
                    .Set("description", description ?? "")
                    .Set("last_updated_timestamp", now)
                    .Set("name", name)
                    .Write(Path.Combine(folder, MetaName));
            });
            return ReadModel(name, KnownModel(name));
        });
    }

    public RegisteredModel GetModel(string name) => Guarded(() => ReadModel(name, KnownModel(name)));

    public RegisteredModel RenameModel(string name, string newName)
    {
        CheckModelFolderName(newName);
        return Changing(() =>
        {
            KnownModel(name);
            if (newName != name)
            {
                if (FindModel(newName) is not null)
                {
                    throw ModelExists(newName);
                }

                Tell(new PromotionDraft(name, PromotionAction.ModelRenamed, newName, null, null, PromotionNote.None));
            }

            return ReadModel(newName, KnownModel(newName));
        });
    }

    public RegisteredModel UpdateModel(string name, string description) => Changing(() =>
    {
        string folder = KnownModel(name);
        ChangeMeta(folder, meta => meta.Set("description", description ?? ""));
        return ReadModel(name, folder);
    });

    public void DeleteModel(string name, PromotionNote? note = null) => Changing(() =>
    {
        KnownModel(name);
        return Tell(new PromotionDraft(name, PromotionAction.ModelDeleted, "", null, null, note ?? PromotionNote.None));
    });

    public void SetModelTag(string name, Tag tag)
    {
        TrackingLimits.CheckModelTag(tag);
        Changing(() =>
        {
            string folder = KnownModel(name);
            TagsOf(folder).Set(tag.Key, tag.Value ?? "", aside: folder);
            return Touch(folder);
        });
    }

    public void DeleteModelTag(string name, string key) => Changing(() =>
    {
        string folder = KnownModel(name);
        return TagsOf(folder).Remove(Checked(key)) && Touch(folder);
    });

    public Page<RegisteredModel> SearchModels(SearchQuery query, CancellationToken cancellationToken = default)
    {
        RegistrySearch search = RegistrySearch.OfModels(query);
        return Guarded(() => search.Models(Readable(search.Only("name"), ReadModel), cancellationToken));
    }

    private static TrackingException ModelExists(string name) => new(TrackingError.ResourceAlreadyExists, $"Registered Model (name={name}) already exists.");

    private static void CheckModelFolderName(string name)
    {
        TrackingLimits.CheckModelName(name);
        if (Encoding.UTF8.GetByteCount(name) > LongestFolderName)
        {
            throw TrackingLimits.Invalid($"The model name '{name}' is too long for a folder's name: {Encoding.UTF8.GetByteCount(name)} bytes, and a store of files has room for {LongestFolderName}.");
        }
    }

    /// <summary>Makes a folder that is there whole or not at all.</summary>
    private void MakeFolder(string path, Action<string> fill)
    {
        string aside = Path.Combine(_root, TrashName, $".{Guid.NewGuid():N}.tmp"); // among deleted experiments, of which MLflow passes over what it cannot read
        Directory.CreateDirectory(aside);
        try
        {
            fill(aside);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true); // a folder without a meta.yaml, left by somebody who died
            }

            Directory.Move(aside, path);
        }
        catch
        {
            Directory.Delete(aside, recursive: true);
            throw;
        }
    }

    /// <summary>Changes the registry under the lock, after what somebody else has left unfinished.</summary>
    private T Changing<T>(Func<T> change) => Guarded(() =>
    {
        using StoreLock.Held held = _lock.Take();
        Log.Settle(Apply);
        return change();
    });

    /// <summary>The folder of a model that is there; null if there is none.</summary>
    private string? FindModel(string name)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw TrackingLimits.Missing("name");
        }

        if (name is "." or ".." || name.AsSpan().IndexOfAny("/\\\0") >= 0)
        {
            return null;
        }

        string folder = Path.Combine(ModelsFolder, name);
        return !Links.Is(ModelsFolder) && Links.IsFolder(folder) && File.Exists(Path.Combine(folder, MetaName)) ? folder : null;
    }

    private string KnownModel(string name) => FindModel(name) ?? throw new TrackingException(TrackingError.ResourceDoesNotExist, $"Registered Model with name={name} not found");

    private bool Touch(string folder)
    {
        ChangeMeta(folder, meta => meta);
        return true;
    }

    private void ChangeMeta(string folder, Func<MetaYaml, MetaYaml> change)
    {
        string meta = Path.Combine(folder, MetaName);
        change(MetaYaml.Read(meta)).Set("last_updated_timestamp", Now).Write(meta);
    }

    private RegisteredModel ReadModel(string name, string folder)
    {
        MetaYaml meta = MetaYaml.Read(Path.Combine(folder, MetaName));
        long created = meta.Number("creation_timestamp") ?? 0;
        ModelAlias[] aliases = Aliases(folder);
        return new RegisteredModel(
            name,
            created,
            meta.Number("last_updated_timestamp") ?? created,
            meta.Text("description") ?? "",
            [.. Versions(name, folder, aliases).GroupBy(version => version.Stage).OrderBy(stage => stage.Key).Select(stage => stage.MaxBy(version => version.Version)!)],
            [.. TagsOf(folder).Values().Select(tag => new Tag(tag.Key, tag.Value))],
            aliases);
    }

    /// <summary>Reads all models, or the one of a name; what is malformed is left out, as GetModel says what is wrong with it.</summary>
    private IEnumerable<T> Readable<T>(string? only, Func<string, string, T> read)
    {
        IEnumerable<string> names = only is not null ? [only] : Links.IsFolder(ModelsFolder) ? Directory.EnumerateDirectories(ModelsFolder).Select(folder => Path.GetFileName(folder)) : [];
        foreach (string name in names.Where(name => name.Length > 0))
        {
            if (FindModel(name) is { } folder)
            {
                T? item = default;
                try
                {
                    item = read(name, folder);
                }
                catch (Exception e) when (e is TrackingException { Error: TrackingError.InternalError } or FileNotFoundException or DirectoryNotFoundException)
                {
                    continue;
                }

                yield return item;
            }
        }
    }
}
