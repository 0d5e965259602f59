package import HaleDomain
import Postgres

// The closed lists of `HaleDomain` that the database keeps as words.

extension AlertMessage.Kind: PostgresWord {}
extension AlertSeverity: PostgresWord {}
extension AlertState: PostgresWord {}
extension AlertStatus: PostgresWord {}
extension AlertTransition.Kind: PostgresWord {}
extension AlertVerdict: PostgresWord {}
extension Band: PostgresWord {}
extension BandException: PostgresWord {}
extension BandReason: PostgresWord {}
extension ContactKind: PostgresWord {}
extension ContractState: PostgresWord {}
extension DeliveryPhase: PostgresWord {}
extension DeliveryState: PostgresWord {}
extension DigestKind: PostgresWord {}
extension DigestReason: PostgresWord {}
extension ImportKind: PostgresWord {}
extension PeerGroup.AgeClass: PostgresWord {}
extension PeerGroup.Basis: PostgresWord {}
extension PersonRole: PostgresWord {}
extension ProbabilityBasis: PostgresWord {}
extension RenewalBase: PostgresWord {}
extension RenewalCategory: PostgresWord {}
extension RenewalOutcome: PostgresWord {}
extension RollUp: PostgresWord {}
extension TaskEnd: PostgresWord {}
extension TaskEvent.Kind: PostgresWord {}
extension TaskOrigin: PostgresWord {}
extension TaskOutcome: PostgresWord {}
extension TermEnd: PostgresWord {}
