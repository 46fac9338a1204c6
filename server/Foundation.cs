using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server;

/// <summary>What is opened and loaded before anything runs on it.</summary>
/// <param name="Store">The record store; its owner is whoever opened it.</param>
/// <param name="Fleet">The fleet in force.</param>
/// <param name="Loader">What brings another fleet into force.</param>
/// <param name="Packs">The rule packs in force.</param>
/// <param name="History">The rule packs over time.</param>
internal sealed record Foundation(RecordStore Store, FleetView Fleet, FleetLoader Loader, IReadOnlyList<RulePack> Packs, IReadOnlyList<DatedPack> History);
