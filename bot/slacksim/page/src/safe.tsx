// What cannot be drawn shows its words; its neighbours stay.
import { Component, type ReactNode } from "react";
import type { Loose } from "./api";
import { Unknown } from "./element";

export class Safe extends Component<{ block: Loose; children: ReactNode }, { broke: Loose | null }> {
  state: { broke: Loose | null } = { broke: null };
  componentDidCatch() {
    this.setState({ broke: this.props.block });
  }
  render() {
    // A changed message gets another try.
    return this.state.broke === this.props.block ? <Unknown what={this.props.block} /> : this.props.children;
  }
}
