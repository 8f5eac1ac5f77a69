#pragma warning disable CA5351 // MLflow names the folders of data sets by MD5; it is no protection against malice.
using System.Security.Cryptography;
using System.Text;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Files;

internal sealed partial class FileStore
{
    /// <inheritdoc/>
    public void LogInputs(string runId, IReadOnlyList<DatasetInput> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (DatasetInput input in inputs)
        {
            if (string.IsNullOrEmpty(input.Dataset.Name) || string.IsNullOrEmpty(input.Dataset.Digest))
            {
                throw TrackingLimits.Missing(string.IsNullOrEmpty(input.Dataset.Name) ? "name" : "digest");
            }
        }

        Guarded(() =>
        {
            using StoreLock.Held held = _lock.Take();
            string folder = ActiveRun(runId);
            foreach (DatasetInput input in inputs)
            {
                string dataset = Md5(input.Dataset.Name + input.Dataset.Digest);
                WriteOnce(Path.Combine(Path.GetDirectoryName(folder)!, "datasets", dataset), () => new MetaYaml()
                    .Set("digest", input.Dataset.Digest)
                    .Set("name", input.Dataset.Name)
                    .Set("profile", input.Dataset.Profile)
                    .Set("schema", input.Dataset.Schema)
                    .Set("source", input.Dataset.Source)
                    .Set("source_type", input.Dataset.SourceType));
                WriteOnce(Path.Combine(folder, "inputs", Md5(dataset + runId)), () => new MetaYaml()
                    .Set("destination_id", runId)
                    .Set("destination_type", "RUN")
                    .Set("source_id", dataset)
                    .Set("source_type", "DATASET")
                    .Set("tags", input.Tags));
            }
        });
    }

    private static void WriteOnce(string folder, Func<MetaYaml> meta)
    {
        if (Links.Is(Path.GetDirectoryName(folder)!) || Links.Is(folder))
        {
            throw TrackingLimits.Invalid($"{folder} leads through a symbolic link, and those are not followed in a store of files.");
        }

        string path = Path.Combine(folder, MetaName);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(folder);
            meta().Write(path);
        }
    }

    private static List<DatasetInput> ReadInputs(string run)
    {
        var inputs = new List<DatasetInput>();
        string parent = Path.Combine(run, "inputs");
        if (!Links.IsFolder(parent))
        {
            return inputs;
        }

        foreach (DirectoryInfo folder in new DirectoryInfo(parent).EnumerateDirectories())
        {
            string path = Path.Combine(folder.FullName, MetaName);
            if ((folder.Attributes & FileAttributes.ReparsePoint) != 0 || !File.Exists(path))
            {
                continue;
            }

            MetaYaml input = MetaYaml.Read(path);
            string dataset = Path.Combine(Path.GetDirectoryName(run)!, "datasets", Path.GetFileName(input.Text("source_id") ?? "none"));
            if (input.Text("source_type") == "DATASET" && Links.IsFolder(dataset) && File.Exists(Path.Combine(dataset, MetaName))) // MLflow 3 also has models here, and either skips what it cannot find
            {
                MetaYaml data = MetaYaml.Read(Path.Combine(dataset, MetaName));
                inputs.Add(new DatasetInput(
                    new Dataset(data.Text("name") ?? "", data.Text("digest") ?? "", data.Text("source_type") ?? "", data.Text("source") ?? "", data.Text("schema"), data.Text("profile")),
                    input.Tags("tags")));
            }
        }

        inputs.Sort(static (a, b) => string.CompareOrdinal(a.Dataset.Name, b.Dataset.Name) is not 0 and int order ? order : string.CompareOrdinal(a.Dataset.Digest, b.Dataset.Digest));
        return inputs;
    }

    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
