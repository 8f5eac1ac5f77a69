using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Stores;

/// <summary>Registered models, their versions, and the log of what was in use when.</summary>
/// <remarks>
/// Under the rules of <see cref="IRunStore"/>. Every change of an alias or a stage, and every deletion, appends to the promotion log in the same
/// transaction, whoever makes it. The log outlives the models it tells of.
/// </remarks>
public interface IRegistryStore
{
    /// <summary>Makes a model (<c>ResourceAlreadyExists</c> if there is one of that name).</summary>
    RegisteredModel CreateModel(string name, string description = "", IReadOnlyList<Tag>? tags = null);

    /// <summary>Returns a model.</summary>
    RegisteredModel GetModel(string name);

    /// <summary>Gives a model another name.</summary>
    RegisteredModel RenameModel(string name, string newName);

    /// <summary>Changes a model's description.</summary>
    RegisteredModel UpdateModel(string name, string description);

    /// <summary>Deletes a model and its versions, for good. The files and the promotion log stay.</summary>
    void DeleteModel(string name, PromotionNote? note = null);

    /// <summary>Sets a tag of a model.</summary>
    void SetModelTag(string name, Tag tag);

    /// <summary>Removes a tag of a model; a tag that is not set is no error.</summary>
    void DeleteModelTag(string name, string key);

    /// <summary>Searches models.</summary>
    Page<RegisteredModel> SearchModels(SearchQuery query, CancellationToken cancellationToken = default);

    /// <summary>Makes the next version of a model.</summary>
    ModelVersion CreateVersion(NewModelVersion version);

    /// <summary>Returns a version.</summary>
    ModelVersion GetVersion(string name, int version);

    /// <summary>Changes a version's description.</summary>
    ModelVersion UpdateVersion(string name, int version, string description);

    /// <summary>Deletes a version, for good; its aliases go with it, its number is never used again.</summary>
    void DeleteVersion(string name, int version, PromotionNote? note = null);

    /// <summary>Sets a tag of a version.</summary>
    void SetVersionTag(string name, int version, Tag tag);

    /// <summary>Removes a tag of a version; a tag that is not set is no error.</summary>
    void DeleteVersionTag(string name, int version, string key);

    /// <summary>Searches versions. The last changed comes first unless told otherwise, as in MLflow; then by name, then the newest.</summary>
    Page<ModelVersion> SearchVersions(SearchQuery query, CancellationToken cancellationToken = default);

    /// <summary>Moves a version to a stage.</summary>
    /// <param name="name">The model.</param>
    /// <param name="version">The version.</param>
    /// <param name="stage">Where to.</param>
    /// <param name="archiveExisting">Whether versions that are in that stage go to <see cref="ModelStage.Archived"/>; only for Staging and Production.</param>
    /// <param name="note">Who and why.</param>
    ModelVersion TransitionStage(string name, int version, ModelStage stage, bool archiveExisting = false, PromotionNote? note = null);

    /// <summary>Points an alias at a version, whatever it pointed at before.</summary>
    void SetAlias(string name, string alias, int version, PromotionNote? note = null);

    /// <summary>Takes an alias away; one that is not set is no error and no entry.</summary>
    void DeleteAlias(string name, string alias, PromotionNote? note = null);

    /// <summary>Returns the version that an alias points at (<c>InvalidParameterValue</c> if the model has no such alias, as in MLflow); <c>latest</c> is its newest version.</summary>
    ModelVersion GetVersionByAlias(string name, string alias);

    /// <summary>Appends an entry about something that moves nothing: an approval or a refusal; anything else is <c>InvalidParameterValue</c>.</summary>
    PromotionEntry RecordPromotion(PromotionDraft draft);

    /// <summary>Returns the promotion log, oldest first.</summary>
    /// <param name="name">Only the entries of this model; null returns all, which is what the chain of hashes can be checked on.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    IReadOnlyList<PromotionEntry> GetPromotionLog(string? name = null, CancellationToken cancellationToken = default);
}
