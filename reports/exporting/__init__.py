"""The coded record as a file for the province: prepared by one, approved by another."""
