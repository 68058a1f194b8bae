"""What the network as a whole tells: who is central, with and without the hub, who belongs together, and who implements the same."""
